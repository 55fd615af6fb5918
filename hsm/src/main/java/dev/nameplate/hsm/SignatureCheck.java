package dev.nameplate.hsm;

import java.io.IOException;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Verifies what a vault signed, with the public key alone. */
public final class SignatureCheck {
    private SignatureCheck() {}

    /** Whether the signature is of this message by this key; {@code false} for anything malformed in it. */
    public static boolean verifies(SignatureScheme scheme, SubjectPublicKeyInfo key, byte[] message, byte[] signature) {
        try {
            Signer verifier = verifier(scheme);
            verifier.init(false, PublicKeyFactory.createKey(key));
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature);
        } catch (IOException notAKey) {
            throw new IllegalArgumentException("public key cannot be parsed: " + notAKey.getMessage(), notAKey);
        }
    }

    private static Signer verifier(SignatureScheme scheme) {
        return switch (scheme) {
            case ECDSA_SHA256 -> new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
            case ECDSA_SHA384 -> new DSADigestSigner(new ECDSASigner(), new SHA384Digest());
            case RSA_PKCS1_SHA256 -> new RSADigestSigner(new SHA256Digest());
            case RSA_PKCS1_SHA384 -> new RSADigestSigner(new SHA384Digest());
            case ED25519 -> new Ed25519Signer();
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> new MLDSASigner();
        };
    }
}
