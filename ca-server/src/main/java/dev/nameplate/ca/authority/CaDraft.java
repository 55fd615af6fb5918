package dev.nameplate.ca.authority;

import dev.nameplate.ca.lint.Expected;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;
import java.util.Date;
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

    private final IssuerSettings settings;
    private final SubjectPublicKeyInfo key;

    CaDraft(IssuerSettings settings, SubjectPublicKeyInfo key) {
        this.settings = settings;
        this.key = key;
    }

    static Expected expected() {
        return new Expected(true, USAGE, Set.of(), EXTENSIONS);
    }

    TBSCertificate selfSigned(SerialNumber serial, AlgorithmIdentifier algorithm, Instant from, Instant to) {
        return build(serial, new Signer(algorithm, settings.distinguishedName(), Keys.identifierOf(key)), from, to);
    }

    TBSCertificate under(IssuerKey parent, SerialNumber serial, Instant from, Instant to) {
        return build(
                serial, new Signer(parent.signatory().algorithm(), parent.name(), parent.keyIdentifier()), from, to);
    }

    /** What a request to a CA elsewhere asks for. */
    Extensions requested() {
        return new Extensions(new Extension[] {
            critical(Extension.basicConstraints, constraints()),
            critical(Extension.keyUsage, new KeyUsage(USAGE)),
            plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(Keys.identifierOf(key)))
        });
    }

    private record Signer(AlgorithmIdentifier algorithm, X500Name name, byte[] keyIdentifier) {}

    @SuppressWarnings("JavaUtilDate") // Time takes nothing else
    private TBSCertificate build(SerialNumber serial, Signer signer, Instant from, Instant to) {
        V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
        tbs.setSerialNumber(new ASN1Integer(serial.value()));
        tbs.setSignature(signer.algorithm());
        tbs.setIssuer(signer.name());
        tbs.setStartDate(new Time(Date.from(from)));
        tbs.setEndDate(new Time(Date.from(to)));
        tbs.setSubject(settings.distinguishedName());
        tbs.setSubjectPublicKeyInfo(key);
        tbs.setExtensions(new Extensions(new Extension[] {
            plain(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(signer.keyIdentifier())),
            plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(Keys.identifierOf(key))),
            critical(Extension.basicConstraints, constraints()),
            critical(Extension.keyUsage, new KeyUsage(USAGE))
        }));
        return tbs.generateTBSCertificate();
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
        } catch (java.io.IOException e) {
            throw new IllegalStateException("an extension always encodes", e);
        }
    }
}
