package dev.nameplate.est;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;

/**
 * Whose signature stands under a message.
 *
 * @param certificates the signer's first, then those above it
 * @param digest SHA-256, SHA-384 or SHA-512
 * @param signature the algorithm, as X.509 names it; it uses that digest
 */
public record MessageSigner(
        List<X509CertificateHolder> certificates,
        AlgorithmIdentifier digest,
        AlgorithmIdentifier signature,
        Signing signing) {
    /** By the signature's algorithm; for Ed25519 by RFC 8419, 2.2. */
    private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> DIGESTS = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, NISTObjectIdentifiers.id_sha256,
            X9ObjectIdentifiers.ecdsa_with_SHA384, NISTObjectIdentifiers.id_sha384,
            X9ObjectIdentifiers.ecdsa_with_SHA512, NISTObjectIdentifiers.id_sha512,
            PKCSObjectIdentifiers.sha256WithRSAEncryption, NISTObjectIdentifiers.id_sha256,
            EdECObjectIdentifiers.id_Ed25519, NISTObjectIdentifiers.id_sha512);

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

    /**
     * A client's own signature, by the key of the first certificate.
     *
     * @throws IllegalArgumentException if messages cannot be signed by such a key
     */
    public static MessageSigner of(List<X509CertificateHolder> certificates, ContentSigner signer) {
        AlgorithmIdentifier signature = signer.getAlgorithmIdentifier();
        ASN1ObjectIdentifier digest = DIGESTS.get(signature.getAlgorithm());
        if (digest == null) {
            throw new IllegalArgumentException("messages are not signed by " + signature.getAlgorithm());
        }
        return new MessageSigner(
                certificates, new AlgorithmIdentifier(digest), signature, message -> signature(signer, message));
    }

    static byte[] signature(ContentSigner signer, byte[] message) {
        try (OutputStream out = signer.getOutputStream()) {
            out.write(message);
        } catch (IOException e) {
            throw new IllegalStateException("a signer takes what it is to sign", e);
        }
        return signer.getSignature();
    }

    X509CertificateHolder certificate() {
        return certificates.getFirst();
    }
}
