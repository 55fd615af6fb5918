package dev.nameplate.ca.testkit;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * How to make any certificate, right or wrong, without a CA. {@link #leaf} and {@link #ca} are right; the other methods change one
 * thing.
 *
 * @param usage key usage bits; none if empty
 * @param purpose extended key usage; none if empty
 */
public record Recipe(
        String subject,
        Instant from,
        Instant to,
        boolean ca,
        Optional<Integer> usage,
        Optional<KeyPurposeId> purpose,
        Optional<BigInteger> serial) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(3650));

    /** For TLS clients, valid from 2026 for ten years. */
    public static Recipe leaf(String subject) {
        return new Recipe(
                subject,
                FROM,
                TO,
                false,
                Optional.of(KeyUsage.digitalSignature),
                Optional.of(KeyPurposeId.id_kp_clientAuth),
                Optional.empty());
    }

    public static Recipe ca(String subject) {
        return new Recipe(
                subject,
                FROM,
                TO,
                true,
                Optional.of(KeyUsage.keyCertSign | KeyUsage.cRLSign),
                Optional.empty(),
                Optional.empty());
    }

    public Recipe from(Instant instant) {
        return new Recipe(subject, instant, to, ca, usage, purpose, serial);
    }

    public Recipe to(Instant instant) {
        return new Recipe(subject, from, instant, ca, usage, purpose, serial);
    }

    public Recipe isCa(boolean yes) {
        return new Recipe(subject, from, to, yes, usage, purpose, serial);
    }

    public Recipe usage(int bits) {
        return new Recipe(subject, from, to, ca, Optional.of(bits), purpose, serial);
    }

    public Recipe purpose(KeyPurposeId id) {
        return new Recipe(subject, from, to, ca, usage, Optional.of(id), serial);
    }

    public Recipe withoutUsages() {
        return new Recipe(subject, from, to, ca, Optional.empty(), Optional.empty(), serial);
    }

    public Recipe serial(BigInteger value) {
        return new Recipe(subject, from, to, ca, usage, purpose, Optional.of(value));
    }

    public Party selfSigned() {
        KeyPair keys = newKeys();
        return new Party(keys, make(keys, new X500Name(subject), keys));
    }

    public Party by(Party issuer) {
        KeyPair keys = newKeys();
        X500Name name = issuer.certificate().parsed().getSubject();
        return new Party(keys, make(keys, name, issuer.keys()));
    }

    private CertificateDer make(KeyPair keys, X500Name issuer, KeyPair issuerKeys) {
        var builder = new X509v3CertificateBuilder(
                issuer,
                serial.orElseGet(() -> new BigInteger(120, RANDOM).add(BigInteger.ONE)),
                Date.from(from),
                Date.from(to),
                new X500Name(subject),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        try {
            addExtensions(builder);
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider("SunEC")
                    .build(issuerKeys.getPrivate());
            return CertificateDer.of(builder.build(signer));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addExtensions(X509v3CertificateBuilder builder) throws IOException {
        if (ca) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        }
        if (usage.isPresent()) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage.get()));
        }
        if (purpose.isPresent()) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose.get()));
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
