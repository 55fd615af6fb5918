package dev.nameplate.ca.authority;

import dev.nameplate.ca.lint.Expected;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Date;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** A CA's certificate before it is signed (RFC 5280, 4.2.1.3 and 4.2.1.9). */
final class CaDraft {
    private static final int USAGE = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    private static final Set<ASN1ObjectIdentifier> EXTENSIONS = Set.of(
            Extension.basicConstraints,
            Extension.keyUsage,
            Extension.subjectKeyIdentifier,
            Extension.authorityKeyIdentifier);

    private final X500Name subject;
    private final OptionalInt pathLength;
    private final SubjectPublicKeyInfo key;
    private final byte[] keyIdentifier;

    private CaDraft(X500Name subject, OptionalInt pathLength, SubjectPublicKeyInfo key, byte[] keyIdentifier) {
        this.subject = subject;
        this.pathLength = pathLength;
        this.key = key;
        this.keyIdentifier = keyIdentifier;
    }

    /** @param subject written as in the certificates before, where there are some */
    static CaDraft of(IssuerSettings settings, X500Name subject, SubjectPublicKeyInfo key) {
        return new CaDraft(subject, settings.pathLength(), key, Keys.identifierOf(key));
    }

    /** For another certificate of the same CA and key. */
    static CaDraft like(CertificateDer certificate) {
        var parsed = certificate.parsed();
        var constraints = BasicConstraints.fromExtensions(parsed.getExtensions());
        BigInteger limit = constraints.getPathLenConstraint();
        return new CaDraft(
                parsed.getSubject(),
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit.intValueExact()),
                parsed.getSubjectPublicKeyInfo(),
                SubjectKeyIdentifier.fromExtensions(parsed.getExtensions()).getKeyIdentifier());
    }

    static Expected expected() {
        return new Expected(true, USAGE, Set.of(), EXTENSIONS);
    }

    TBSCertificate selfSigned(SerialNumber serial, AlgorithmIdentifier algorithm, Term term) {
        V3TBSCertificateGenerator tbs = begun(serial, term);
        tbs.setSignature(algorithm);
        tbs.setIssuer(subject);
        tbs.setExtensions(extensions(keyIdentifier));
        return tbs.generateTBSCertificate();
    }

    TBSCertificate under(IssuerKey parent, SerialNumber serial, Term term) {
        V3TBSCertificateGenerator tbs = begun(serial, term);
        tbs.setSignature(parent.signatory().algorithm());
        tbs.setIssuer(parent.name());
        tbs.setExtensions(extensions(parent.keyIdentifier()));
        return tbs.generateTBSCertificate();
    }

    X500Name subject() {
        return subject;
    }

    /** What a request to a CA elsewhere asks for. */
    Extensions requested() {
        return new Extensions(new Extension[] {
            critical(Extension.basicConstraints, constraints()),
            critical(Extension.keyUsage, new KeyUsage(USAGE)),
            plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier))
        });
    }

    @SuppressWarnings("JavaUtilDate") // Time takes nothing else
    private V3TBSCertificateGenerator begun(SerialNumber serial, Term term) {
        V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
        tbs.setSerialNumber(new ASN1Integer(serial.value()));
        tbs.setStartDate(new Time(Date.from(term.from())));
        tbs.setEndDate(new Time(Date.from(term.to())));
        tbs.setSubject(subject);
        tbs.setSubjectPublicKeyInfo(key);
        return tbs;
    }

    private Extensions extensions(byte[] issuersKey) {
        return new Extensions(new Extension[] {
            plain(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(issuersKey)),
            plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier)),
            critical(Extension.basicConstraints, constraints()),
            critical(Extension.keyUsage, new KeyUsage(USAGE))
        });
    }

    private BasicConstraints constraints() {
        return pathLength.isPresent() ? new BasicConstraints(pathLength.getAsInt()) : new BasicConstraints(true);
    }

    private static Extension critical(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return extension(type, true, value);
    }

    private static Extension plain(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return extension(type, false, value);
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        try {
            return new Extension(type, critical, new DEROctetString(value));
        } catch (IOException e) {
            throw new IllegalStateException("an extension always encodes", e);
        }
    }
}
