package dev.nameplate.ca.store;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.VaultKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** A CA that is about to be taken over: a root whose key is in the vault already, and what it signed. */
final class PastCa {
    /** As settings write it, the most specific first. */
    static final String NAME = "CN=Works,O=Example";

    private static final String ENCODED = "O=Example,CN=Works";
    private static final Duration LIFE = Duration.ofDays(3000);

    private final KeyVault vault;
    private final VaultKey key;
    private final Instant began;
    private final CertificateDer certificate;

    PastCa(KeyVault vault, String label, Instant began) {
        this.vault = vault;
        this.began = began;
        this.key = vault.generate(KeySpec.EC_P256, label);
        try {
            this.certificate = CertificateDer.of(builder(1, ENCODED, key)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[] {1, 2}))
                    .build(signer()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    VaultKey key() {
        return key;
    }

    CertificateDer certificate() {
        return certificate;
    }

    CertificateDer issued(long serial, String subject) {
        VaultKey theirs = vault.generate(KeySpec.EC_P256, subject);
        return CertificateDer.of(builder(serial, subject, theirs).build(signer()));
    }

    /** With every serial given revoked a day after the beginning, for keyCompromise. */
    Path crl(Path file, int number, long... revoked) throws IOException {
        var builder = new X509v2CRLBuilder(new X500Name(ENCODED), Date.from(began));
        builder.setNextUpdate(Date.from(began.plus(Duration.ofDays(7))));
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
        for (long serial : revoked) {
            builder.addCRLEntry(BigInteger.valueOf(serial), Date.from(began.plus(Duration.ofDays(1))), 1);
        }
        return Files.write(file, builder.build(signer()).getEncoded());
    }

    static Path pem(Path file, CertificateDer... certificates) throws IOException {
        StringBuilder text = new StringBuilder();
        for (CertificateDer each : certificates) {
            text.append("text before\n-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(each.octets()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return Files.writeString(file, text);
    }

    private X509v3CertificateBuilder builder(long serial, String subject, VaultKey theirs) {
        return new X509v3CertificateBuilder(
                new X500Name(ENCODED),
                BigInteger.valueOf(serial),
                Date.from(began),
                Date.from(began.plus(LIFE)),
                new X500Name(subject),
                theirs.publicKey());
    }

    private ContentSigner signer() {
        SignatureScheme scheme = SignatureScheme.defaultFor(KeySpec.EC_P256);
        return new ContentSigner() {
            private final ByteArrayOutputStream content = new ByteArrayOutputStream();

            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return scheme.identifier();
            }

            @Override
            public OutputStream getOutputStream() {
                return content;
            }

            @Override
            public byte[] getSignature() {
                return vault.signingKey(key.uri()).sign(scheme, content.toByteArray());
            }
        };
    }
}
