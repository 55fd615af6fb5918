package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** What a seal's signature is over. */
record SealedMessage(long number, Sha256 hash, Instant at) {
    private static final byte[] DOMAIN = "nameplate-audit-seal-v1".getBytes(StandardCharsets.US_ASCII);
    private static final int P256_BITS = 256;

    static SealedMessage of(AuditSeal seal) {
        return new SealedMessage(seal.number(), seal.hash(), seal.at());
    }

    byte[] octets() {
        return ByteBuffer.allocate(DOMAIN.length + Long.BYTES + Sha256.OCTETS + Long.BYTES)
                .put(DOMAIN)
                .putLong(number)
                .put(hash.octets())
                .putLong(at.toEpochMilli())
                .array();
    }

    /** @return false also if this signer's key is of no kind that seals */
    boolean signedBy(CertificateDer signer, byte[] signature) {
        try {
            AsymmetricKeyParameter key =
                    PublicKeyFactory.createKey(signer.parsed().getSubjectPublicKeyInfo());
            return verifier(key)
                    .map(verifier -> verifies(verifier, key, signature))
                    .orElse(false);
        } catch (IOException notAKey) {
            return false;
        }
    }

    private boolean verifies(Signer verifier, AsymmetricKeyParameter key, byte[] signature) {
        verifier.init(false, key);
        byte[] message = octets();
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    private static Optional<Signer> verifier(AsymmetricKeyParameter key) {
        return switch (key) {
            case ECPublicKeyParameters ec -> Optional.of(new DSADigestSigner(new ECDSASigner(), digest(ec)));
            case RSAKeyParameters _ -> Optional.of(new RSADigestSigner(new SHA256Digest()));
            case Ed25519PublicKeyParameters _ -> Optional.of(new Ed25519Signer());
            default -> Optional.empty();
        };
    }

    private static Digest digest(ECPublicKeyParameters key) {
        return key.getParameters().getCurve().getFieldSize() > P256_BITS ? new SHA384Digest() : new SHA256Digest();
    }
}
