package dev.nameplate.est;

import java.util.List;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Whose signature stands under a message.
 *
 * @param certificates the signer's first, then those above it
 * @param digest SHA-256 or SHA-384
 * @param signature the algorithm, as X.509 names it; it uses that digest
 */
public record MessageSigner(
        List<X509CertificateHolder> certificates,
        AlgorithmIdentifier digest,
        AlgorithmIdentifier signature,
        Signing signing) {
    /** The private key, wherever it is. */
    @FunctionalInterface
    public interface Signing {
        /** @param message not yet hashed */
        byte[] sign(byte[] message);
    }

    public MessageSigner {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a signer needs a certificate");
        }
    }

    X509CertificateHolder certificate() {
        return certificates.getFirst();
    }
}
