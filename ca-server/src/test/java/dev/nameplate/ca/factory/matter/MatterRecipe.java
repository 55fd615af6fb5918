package dev.nameplate.ca.factory.matter;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.NameStyle;
import dev.nameplate.ca.testkit.Party;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Matter certificates as the rules want them, made without any code of ours; and with one thing wrong. */
record MatterRecipe(
        X500Name subject,
        String curve,
        String signature,
        Instant from,
        Instant to,
        UnaryOperator<ExtensionsGenerator> alteration,
        int usage,
        BasicConstraints constraints) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("9999-12-31T23:59:59Z");
    private static final int CA = KeyUsage.keyCertSign | KeyUsage.cRLSign;

    static MatterRecipe paa() {
        return of("CN=Example PAA", CA, new BasicConstraints(1));
    }

    static MatterRecipe pai() {
        return of("CN=Example PAI,VID=FFF1", CA, new BasicConstraints(0));
    }

    static MatterRecipe dac() {
        return of("CN=Example DAC 0001,VID=FFF1,PID=8000", KeyUsage.digitalSignature, new BasicConstraints(false));
    }

    private static MatterRecipe of(String subject, int usage, BasicConstraints constraints) {
        return new MatterRecipe(
                name(subject), "secp256r1", "SHA256withECDSA", FROM, TO, UnaryOperator.identity(), usage, constraints);
    }

    private static X500Name name(String text) {
        return new X500Name(NameStyle.NAMES, text);
    }

    MatterRecipe subject(String text) {
        return subject(name(text));
    }

    MatterRecipe subject(X500Name other) {
        return new MatterRecipe(other, curve, signature, from, to, alteration, usage, constraints);
    }

    MatterRecipe curve(String other) {
        return new MatterRecipe(subject, other, signature, from, to, alteration, usage, constraints);
    }

    MatterRecipe signature(String other) {
        return new MatterRecipe(subject, curve, other, from, to, alteration, usage, constraints);
    }

    MatterRecipe lasting(Instant first, Instant last) {
        return new MatterRecipe(subject, curve, signature, first, last, alteration, usage, constraints);
    }

    MatterRecipe usage(int bits) {
        return new MatterRecipe(subject, curve, signature, from, to, alteration, bits, constraints);
    }

    MatterRecipe constraints(BasicConstraints other) {
        return new MatterRecipe(subject, curve, signature, from, to, alteration, usage, other);
    }

    MatterRecipe without(ASN1ObjectIdentifier type) {
        return altered(extensions -> {
            extensions.removeExtension(type);
            return extensions;
        });
    }

    MatterRecipe with(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        return altered(extensions -> {
            try {
                if (extensions.hasExtension(type)) {
                    extensions.removeExtension(type);
                }
                extensions.addExtension(type, critical, value);
                return extensions;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private MatterRecipe altered(UnaryOperator<ExtensionsGenerator> other) {
        return new MatterRecipe(subject, curve, signature, from, to, other, usage, constraints);
    }

    Party selfSigned() {
        KeyPair keys = newKeys();
        return new Party(keys, make(keys, subject, keys));
    }

    Party by(Party issuer) {
        KeyPair keys = newKeys();
        return new Party(keys, make(keys, issuer.certificate().parsed().getSubject(), issuer.keys()));
    }

    private CertificateDer make(KeyPair keys, X500Name issuer, KeyPair issuerKeys) {
        try {
            SubjectPublicKeyInfo key =
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
            var builder = new X509v3CertificateBuilder(
                    issuer, new BigInteger(63, RANDOM), Date.from(from), Date.from(to), subject, key);
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.basicConstraints, true, constraints);
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            extensions.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(Keys.identifierOf(key)));
            extensions.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(Keys.identifierOf(SubjectPublicKeyInfo.getInstance(
                            issuerKeys.getPublic().getEncoded()))));
            var all = alteration.apply(extensions).generate();
            for (ASN1ObjectIdentifier type : all.getExtensionOIDs()) {
                builder.addExtension(all.getExtension(type));
            }
            return CertificateDer.of(builder.build(
                    new JcaContentSignerBuilder(signature).setProvider("SunEC").build(issuerKeys.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
