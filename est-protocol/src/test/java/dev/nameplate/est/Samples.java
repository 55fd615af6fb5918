package dev.nameplate.est;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** Messages to test with: those OpenSSL made, and requests with whatever attributes a test wants. */
final class Samples {
    static final KeyPair P256 = p256();

    private Samples() {}

    static byte[] resource(String name) {
        try (var in = requireNonNull(Samples.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] requestDer(String name) {
        return EstBase64.decode(resource(name)).content();
    }

    static X509CertificateHolder certificate(String name) {
        try (var parser = new PEMParser(new StringReader(new String(resource(name), UTF_8)))) {
            return (X509CertificateHolder) parser.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] request(Consumer<PKCS10CertificationRequestBuilder> attributes) {
        var key = SubjectPublicKeyInfo.getInstance(P256.getPublic().getEncoded());
        var builder = new PKCS10CertificationRequestBuilder(new X500Name("CN=dev1"), key);
        attributes.accept(builder);
        try {
            return builder.build(CsrSigners.of(P256.getPrivate())).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] requestWith(String attribute, ASN1Encodable... values) {
        return request(builder -> builder.addAttribute(new ASN1ObjectIdentifier(attribute), values));
    }

    private static KeyPair p256() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
