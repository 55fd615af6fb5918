package dev.nameplate.ca.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/**
 * Verifies signatures by keys never seen before. Bouncy Castle lives from multiples of a key it keeps; for the only signature a
 * key is ever asked about, a native library takes a quarter of the time.
 *
 * @param quick for ECDSA, if there is such a library; Bouncy Castle for the rest
 */
public record Verifier(Optional<Provider> quick) {
    private static final Map<ASN1ObjectIdentifier, String> ECDSA = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, "SHA256withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA384, "SHA384withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA512, "SHA512withECDSA");

    /** By Bouncy Castle alone. */
    public static Verifier plain() {
        return new Verifier(Optional.empty());
    }

    /**
     * @param key the same as {@code parsed}
     * @return false also if the algorithm is unknown, does not fit the key, or the signature is malformed
     */
    public boolean verifies(
            AlgorithmIdentifier algorithm,
            SubjectPublicKeyInfo key,
            AsymmetricKeyParameter parsed,
            byte[] message,
            byte[] signature) {
        String name = ECDSA.get(algorithm.getAlgorithm());
        if (quick.isEmpty() || name == null || !(parsed instanceof ECPublicKeyParameters)) {
            return Signatures.verifies(algorithm, parsed, message, signature);
        }
        try {
            return verifies(quick.get(), name, key, message, signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException notForThisLibrary) {
            return Signatures.verifies(algorithm, parsed, message, signature);
        }
    }

    private static boolean verifies(
            Provider provider, String name, SubjectPublicKeyInfo key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(name, provider);
        verifier.initVerify(KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(der(key))));
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static byte[] der(SubjectPublicKeyInfo key) {
        try {
            return key.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalArgumentException("public key cannot be encoded", e);
        }
    }
}
