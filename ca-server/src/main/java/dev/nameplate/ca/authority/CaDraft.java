package dev.nameplate.ca.authority;

import dev.nameplate.ca.lint.Expected;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.SerialNumber;
import java.io.IOException;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
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

    private final IssuerSettings settings;
    private final SubjectPublicKeyInfo key;

    CaDraft(IssuerSettings settings, SubjectPublicKeyInfo key) {
        this.settings = settings;
        this.key = key;
    }

    static Expected expected() {
        return new Expected(true, USAGE, Set.of(), EXTENSIONS);
    }

    TBSCertificate selfSigned(SerialNumber serial, AlgorithmIdentifier algorithm, Term term) {
        V3TBSCertificateGenerator tbs = begun(serial, term);
        tbs.setSignature(algorithm);
        tbs.setIssuer(settings.distinguishedName());
        tbs.setExtensions(extensions(Keys.identifierOf(key)));
        return tbs.generateTBSCertificate();
    }

    TBSCertificate under(IssuerKey parent, SerialNumber serial, Term term) {
        V3TBSCertificateGenerator tbs = begun(serial, term);
        tbs.setSignature(parent.signatory().algorithm());
        tbs.setIssuer(parent.name());
        tbs.setExtensions(extensions(parent.keyIdentifier()));
        return tbs.generateTBSCertificate();
    }

    /** What a request to a CA elsewhere asks for. */
    Extensions requested() {
        return new Extensions(new Extension[] {
            critical(Extension.basicConstraints, constraints()),
            critical(Extension.keyUsage, new KeyUsage(USAGE)),
            plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(Keys.identifierOf(key)))
        });
    }

    @SuppressWarnings("JavaUtilDate") // Time takes nothing else
    private V3TBSCertificateGenerator begun(SerialNumber serial, Term term) {
        V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
        tbs.setSerialNumber(new ASN1Integer(serial.value()));
        tbs.setStartDate(new Time(Date.from(term.from())));
        tbs.setEndDate(new Time(Date.from(term.to())));
        tbs.setSubject(settings.distinguishedName());
        tbs.setSubjectPublicKeyInfo(key);
        return tbs;
    }

    private Extensions extensions(byte[] issuersKey) {
        return new Extensions(new Extension[] {
            plain(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(issuersKey)),
            plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(Keys.identifierOf(key))),
            critical(Extension.basicConstraints, constraints()),
            critical(Extension.keyUsage, new KeyUsage(USAGE))
        });
    }

    private BasicConstraints constraints() {
        return settings.pathLength().isPresent()
                ? new BasicConstraints(settings.pathLength().getAsInt())
                : new BasicConstraints(true);
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
