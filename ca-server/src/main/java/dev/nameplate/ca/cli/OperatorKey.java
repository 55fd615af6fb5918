package dev.nameplate.ca.cli;

import dev.nameplate.ca.pki.OperatorName;
import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A fresh P-256 key of an operator, and the request (PKCS#10) for its certificate. The key never leaves this machine. */
public record OperatorKey(OperatorName name, PrivateKey key, PKCS10CertificationRequest request) {
    public static OperatorKey generate(OperatorName name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            var subject = new X500NameBuilder().addRDN(BCStyle.CN, name.value()).build();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider(new BouncyCastleProvider())
                    .build(pair.getPrivate());
            var request = new JcaPKCS10CertificationRequestBuilder(subject, pair.getPublic()).build(signer);
            return new OperatorKey(name, pair.getPrivate(), request);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("this Java cannot make a P-256 key and sign with it", e);
        }
    }

    public String requestPem() {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(request);
        } catch (IOException e) {
            throw new IllegalStateException("PEM cannot be written into memory", e);
        }
        return text.toString();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OperatorKey[" + name + "]";
    }
}
