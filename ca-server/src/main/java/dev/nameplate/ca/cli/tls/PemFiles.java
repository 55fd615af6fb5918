package dev.nameplate.ca.cli.tls;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates and private keys in PEM files, as OpenSSL and devices keep them. */
public final class PemFiles {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private PemFiles() {}

    /** Every certificate in the file, in order. */
    public static List<X509CertificateHolder> certificates(Path file) {
        List<X509CertificateHolder> found = certificates(parts(file));
        if (found.isEmpty()) {
            throw new IllegalArgumentException(file + " has no certificate in PEM");
        }
        return found;
    }

    /** Every certificate in the text, in order; of none, none. */
    public static List<X509CertificateHolder> certificatesIn(String text) {
        try (Reader reader = new StringReader(text)) {
            return certificates(parts(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("this is no PEM: " + e.getMessage(), e);
        }
    }

    private static List<X509CertificateHolder> certificates(List<Object> parts) {
        return parts.stream()
                .filter(X509CertificateHolder.class::isInstance)
                .map(X509CertificateHolder.class::cast)
                .toList();
    }

    /** The first private key in the file: PKCS#8, or OpenSSL's older forms; not encrypted. */
    public static KeyPair keyPair(Path file) {
        for (Object part : parts(file)) {
            if (part instanceof PrivateKeyInfo key) {
                return pair(file, key);
            }
            if (part instanceof PEMKeyPair pair) {
                return pair(file, pair.getPrivateKeyInfo());
            }
        }
        throw new IllegalArgumentException(file + " has no unencrypted private key in PEM");
    }

    public static String pem(Object... parts) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            for (Object part : parts) {
                pem.writeObject(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The private key as PKCS#8. */
    public static String pkcs8(PrivateKey key) {
        return pem(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    private static List<Object> parts(Path file) {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            return parts(text);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read as PEM: " + e.getMessage(), e);
        }
    }

    private static List<Object> parts(Reader text) throws IOException {
        List<Object> parts = new ArrayList<>();
        try (PEMParser pem = new PEMParser(text)) {
            for (Object part = pem.readObject(); part != null; part = pem.readObject()) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static KeyPair pair(Path file, PrivateKeyInfo key) {
        try {
            // Its usual name for EC keys, ECDSA, is one that the JDK refuses to sign with.
            var converter = new JcaPEMKeyConverter()
                    .setProvider(BOUNCY_CASTLE)
                    .setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
            return new KeyPair(converter.getPublicKey(publicOf(key)), converter.getPrivateKey(key));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " has a private key that cannot be used: " + e.getMessage(), e);
        }
    }

    private static SubjectPublicKeyInfo publicOf(PrivateKeyInfo key) throws IOException {
        AsymmetricKeyParameter publicKey = switch (PrivateKeyFactory.createKey(key)) {
            case ECPrivateKeyParameters ec ->
                new ECPublicKeyParameters(ec.getParameters().getG().multiply(ec.getD()), ec.getParameters());
            case RSAPrivateCrtKeyParameters rsa ->
                new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
            case Ed25519PrivateKeyParameters edwards -> edwards.generatePublicKey();
            default -> throw new IOException("it is neither EC nor RSA nor Ed25519");
        };
        return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey);
    }
}
