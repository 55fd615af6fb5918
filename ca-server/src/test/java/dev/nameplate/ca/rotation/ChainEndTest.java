package dev.nameplate.ca.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.testkit.DeviceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

class ChainEndTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final SubjectPublicKeyInfo oldRoot = DeviceKey.p256().publicKey();
    private final SubjectPublicKeyInfo newRoot = DeviceKey.p256().publicKey();
    private final SubjectPublicKeyInfo issuing = DeviceKey.p256().publicKey();

    @Test
    void isTheIssuersIfThatEndsFirst() {
        CertificateDer issuer = certificate("Devices", issuing, "Root", oldRoot, 5);

        assertThat(end(issuer, certificate("Root", oldRoot, "Root", oldRoot, 20)))
                .isEqualTo(issuer);
    }

    @Test
    void isTheRootsIfThatEndsFirst() {
        CertificateDer root = certificate("Root", oldRoot, "Root", oldRoot, 3);

        assertThat(end(certificate("Devices", issuing, "Root", oldRoot, 5), root))
                .isEqualTo(root);
    }

    @Test
    void takesThePathThatLastsLongestWhileARootIsRolledOver() {
        CertificateDer issuer = certificate("Devices", issuing, "Root", oldRoot, 5);
        CertificateDer oldWithOld = certificate("Root", oldRoot, "Root", oldRoot, 3);
        CertificateDer oldWithNew = certificate("Root", oldRoot, "Root", newRoot, 4);
        CertificateDer newWithOld = certificate("Root", newRoot, "Root", oldRoot, 2);
        CertificateDer newWithNew = certificate("Root", newRoot, "Root", newRoot, 20);

        assertThat(end(issuer, oldWithOld, newWithOld, oldWithNew, newWithNew)).isEqualTo(oldWithNew);
    }

    @Test
    void isTheIssuersOwnIfNothingAboveItIsKnown() {
        CertificateDer issuer = certificate("Devices", issuing, "Root", oldRoot, 5);

        assertThat(end(issuer)).isEqualTo(issuer);
    }

    private static CertificateDer end(CertificateDer issuer, CertificateDer... above) {
        return new ChainEnd(List.of(above)).endsFirst(issuer);
    }

    private static CertificateDer certificate(
            String subject, SubjectPublicKeyInfo key, String issuer, SubjectPublicKeyInfo issuersKey, int years) {
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        var tbs = new V3TBSCertificateGenerator();
        tbs.setSerialNumber(new ASN1Integer(BigInteger.valueOf(years)));
        tbs.setSignature(algorithm);
        tbs.setIssuer(new X500Name("CN=" + issuer));
        tbs.setSubject(new X500Name("CN=" + subject));
        tbs.setStartDate(new Time(Date.from(NOW)));
        tbs.setEndDate(new Time(Date.from(NOW.plus(Duration.ofDays(365L * years)))));
        tbs.setSubjectPublicKeyInfo(key);
        try {
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(Keys.identifierOf(issuersKey)));
            extensions.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(Keys.identifierOf(key)));
            tbs.setExtensions(extensions.generate());
            var parts = new ASN1EncodableVector();
            parts.add(tbs.generateTBSCertificate());
            parts.add(algorithm);
            parts.add(new DERBitString(new byte[64]));
            return CertificateDer.parse(new DERSequence(parts).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
