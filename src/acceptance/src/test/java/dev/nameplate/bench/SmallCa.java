package dev.nameplate.bench;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates of a manufacturer and of the reference server, on P-256 like everything that is measured. */
final class SmallCa {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 120;

    private final KeyPair keys = Native.keyPair();
    private final X500Name name;
    private final X509CertificateHolder certificate;

    SmallCa(String commonName) {
        this.name = new X500Name("CN=" + commonName);
        this.certificate = sign(
                builder(name, keys), new BasicConstraints(true), new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    X509CertificateHolder certificate() {
        return certificate;
    }

    KeyPair keyPair() {
        return keys;
    }

    X509CertificateHolder certificateFor(String commonName, KeyPair holder) {
        return sign(
                builder(new X500Name("CN=" + commonName), holder),
                new BasicConstraints(false),
                new KeyUsage(KeyUsage.digitalSignature));
    }

    Identity identityFor(String commonName) {
        KeyPair holder = Native.keyPair();
        try {
            return new Identity(
                    holder.getPrivate(),
                    Native.certificate(certificateFor(commonName, holder).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A certificate, or a private key as PKCS#8. */
    static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(
                    object instanceof KeyPair pair
                            ? new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded())
                            : object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair holder) {
        Instant now = Instant.now();
        return new X509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(2))),
                subject,
                SubjectPublicKeyInfo.getInstance(holder.getPublic().getEncoded()));
    }

    private X509CertificateHolder sign(X509v3CertificateBuilder builder, BasicConstraints constraints, KeyUsage usage) {
        try {
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, usage);
            return builder.build(Native.signer(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
