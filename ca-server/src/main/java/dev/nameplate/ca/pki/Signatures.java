package dev.nameplate.ca.pki;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/**
 * The signature algorithms taken anywhere: ECDSA and RSA (PKCS#1 v1.5) with SHA-256, SHA-384 or SHA-512, Ed25519, and pure ML-DSA
 * (RFC 9881).
 */
public final class Signatures {
    private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> ECDSA = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, SHA256Digest::new,
            X9ObjectIdentifiers.ecdsa_with_SHA384, SHA384Digest::new,
            X9ObjectIdentifiers.ecdsa_with_SHA512, SHA512Digest::new);
    private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> RSA = Map.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption, SHA256Digest::new,
            PKCSObjectIdentifiers.sha384WithRSAEncryption, SHA384Digest::new,
            PKCSObjectIdentifiers.sha512WithRSAEncryption, SHA512Digest::new);
    private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> RSA_HASHES = Map.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption, NISTObjectIdentifiers.id_sha256,
            PKCSObjectIdentifiers.sha384WithRSAEncryption, NISTObjectIdentifiers.id_sha384,
            PKCSObjectIdentifiers.sha512WithRSAEncryption, NISTObjectIdentifiers.id_sha512);

    private static final Map<ASN1ObjectIdentifier, MLDSAParameters> ML_DSA = Map.of(
            NISTObjectIdentifiers.id_ml_dsa_44, MLDSAParameters.ml_dsa_44,
            NISTObjectIdentifiers.id_ml_dsa_65, MLDSAParameters.ml_dsa_65,
            NISTObjectIdentifiers.id_ml_dsa_87, MLDSAParameters.ml_dsa_87);

    private Signatures() {}

    /** Whether this is one of the algorithms taken here, whatever its parameters. */
    public static boolean known(AlgorithmIdentifier algorithm) {
        ASN1ObjectIdentifier type = algorithm.getAlgorithm();
        return ECDSA.containsKey(type)
                || RSA.containsKey(type)
                || ML_DSA.containsKey(type)
                || EdECObjectIdentifiers.id_Ed25519.equals(type);
    }

    /**
     * @param key the same object for every signature of one key lets precomputed multiples be used again
     * @return false also if the algorithm is unknown, does not fit the key, or the signature is malformed
     */
    public static boolean verifies(
            AlgorithmIdentifier algorithm, AsymmetricKeyParameter key, byte[] message, byte[] signature) {
        Optional<Signer> verifier = verifier(algorithm.getAlgorithm(), key);
        if (verifier.isEmpty()) {
            return false;
        }
        verifier.get().init(false, key);
        verifier.get().update(message, 0, message.length);
        return verifier.get().verifySignature(signature);
    }

    /**
     * Like {@link #verifies}, for a message that was hashed elsewhere.
     *
     * @param digest by the algorithm's hash, or for ML-DSA mu (FIPS 204, 6.2)
     * @return false also if the algorithm has no hash, as Ed25519
     */
    public static boolean verifiesDigest(
            AlgorithmIdentifier algorithm, AsymmetricKeyParameter key, byte[] digest, byte[] signature) {
        if (key instanceof MLDSAPublicKeyParameters mlDsa) {
            return fits(algorithm.getAlgorithm(), mlDsa) && verifiesMu(mlDsa, digest, signature);
        }
        Optional<Signer> verifier = digestVerifier(algorithm.getAlgorithm(), key);
        if (verifier.isEmpty()) {
            return false;
        }
        verifier.get().init(false, key);
        verifier.get().update(digest, 0, digest.length);
        return verifier.get().verifySignature(signature);
    }

    private static boolean verifiesMu(MLDSAPublicKeyParameters key, byte[] mu, byte[] signature) {
        MLDSASigner verifier = new MLDSASigner();
        verifier.init(false, key);
        return verifier.verifyMuSignature(mu, signature);
    }

    private static boolean fits(ASN1ObjectIdentifier type, MLDSAPublicKeyParameters key) {
        return key.getParameters().equals(ML_DSA.get(type));
    }

    private static Optional<Signer> digestVerifier(ASN1ObjectIdentifier type, AsymmetricKeyParameter key) {
        return switch (key) {
            case ECPublicKeyParameters _
            when ECDSA.containsKey(type) -> Optional.of(new DSADigestSigner(new ECDSASigner(), new NullDigest()));
            case RSAKeyParameters _
            when RSA.containsKey(type) -> Optional.of(new RSADigestSigner(new NullDigest(), RSA_HASHES.get(type)));
            default -> Optional.empty();
        };
    }

    private static Optional<Signer> verifier(ASN1ObjectIdentifier type, AsymmetricKeyParameter key) {
        return switch (key) {
            case ECPublicKeyParameters ignored ->
                Optional.ofNullable(ECDSA.get(type))
                        .map(digest -> new DSADigestSigner(new ECDSASigner(), digest.get()));
            case RSAKeyParameters ignored ->
                Optional.ofNullable(RSA.get(type)).map(digest -> new RSADigestSigner(digest.get()));
            case Ed25519PublicKeyParameters ignored
            when EdECObjectIdentifiers.id_Ed25519.equals(type) -> Optional.of(new Ed25519Signer());
            case MLDSAPublicKeyParameters mlDsa when fits(type, mlDsa) -> Optional.of(new MLDSASigner());
            default -> Optional.empty();
        };
    }
}
