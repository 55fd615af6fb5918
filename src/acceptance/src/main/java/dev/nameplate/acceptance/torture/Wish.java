package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.Answer;
import dev.nameplate.acceptance.EstDoor;
import dev.nameplate.acceptance.Identity;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;

/** A certificate that a device wants for a key, by a credential. Each time it asks, it signs the request anew. */
record Wish(String device, Credential credential, KeyPair keys) {
    static Wish of(String device, Credential credential) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new Wish(device, credential, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java makes no P-256 key", e);
        }
    }

    Answer ask(EstDoor door) throws IOException {
        return credential.ask(door, EstBase64.encode(request(), Wrapping.LINES_64));
    }

    /** The wish that follows it, by the certificate it led to. */
    Wish next(X509CertificateHolder certificate) {
        return of(device, new Credential.Certificate(Identity.of(keys.getPrivate(), certificate), certificate));
    }

    X509CertificateHolder certificateIn(Answer answer) {
        return EstAnswers.issued(
                answer.header("Content-Type").orElse(null),
                answer.body(),
                keys.getPublic().getEncoded());
    }

    boolean isForItsKey(X509CertificateHolder certificate) {
        try {
            return java.util.Arrays.equals(
                    certificate.getSubjectPublicKeyInfo().getEncoded("DER"),
                    keys.getPublic().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a public key in memory cannot be encoded", e);
        }
    }

    private byte[] request() {
        CsrBuilder builder = CsrBuilder.forKey(keys);
        return switch (credential) {
            case Credential.Code _ ->
                builder.subject(new X500Name("CN=" + device)).build().der();
            case Credential.Certificate(var _, var renewed) ->
                builder.renewalOf(renewed).build().der();
        };
    }
}
