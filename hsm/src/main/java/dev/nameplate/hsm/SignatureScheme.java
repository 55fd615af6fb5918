package dev.nameplate.hsm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** How a key signs: the signature algorithm of an X.509 object together with its hash. */
@SuppressWarnings("ImmutableEnumChecker") // algorithm identifiers are never written to
public enum SignatureScheme {
    ECDSA_SHA256(X9ObjectIdentifiers.ecdsa_with_SHA256, null, Hash.SHA256, Set.of(KeySpec.EC_P256, KeySpec.EC_P384)),
    ECDSA_SHA384(X9ObjectIdentifiers.ecdsa_with_SHA384, null, Hash.SHA384, Set.of(KeySpec.EC_P256, KeySpec.EC_P384)),
    RSA_PKCS1_SHA256(
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            DERNull.INSTANCE,
            Hash.SHA256,
            Set.of(KeySpec.RSA_3072, KeySpec.RSA_4096)),
    RSA_PKCS1_SHA384(
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            DERNull.INSTANCE,
            Hash.SHA384,
            Set.of(KeySpec.RSA_3072, KeySpec.RSA_4096)),
    ED25519(EdECObjectIdentifiers.id_Ed25519, null, null, Set.of(KeySpec.ED25519)),
    /** Pure ML-DSA with an empty context (RFC 9881, 3). What it signs instead of a message is that message's mu (FIPS 204, 6.2). */
    ML_DSA_44(NISTObjectIdentifiers.id_ml_dsa_44, null, null, Set.of(KeySpec.ML_DSA_44)),
    ML_DSA_65(NISTObjectIdentifiers.id_ml_dsa_65, null, null, Set.of(KeySpec.ML_DSA_65)),
    ML_DSA_87(NISTObjectIdentifiers.id_ml_dsa_87, null, null, Set.of(KeySpec.ML_DSA_87));

    private enum Hash {
        SHA256("SHA-256", NISTObjectIdentifiers.id_sha256, 32),
        SHA384("SHA-384", NISTObjectIdentifiers.id_sha384, 48);

        private final String name;
        private final ASN1ObjectIdentifier oid;
        private final int bytes;

        Hash(String name, ASN1ObjectIdentifier oid, int bytes) {
            this.name = name;
            this.oid = oid;
            this.bytes = bytes;
        }
    }

    private final AlgorithmIdentifier identifier;
    private final Optional<Hash> hash;
    private final Set<KeySpec> specs;

    SignatureScheme(
            ASN1ObjectIdentifier algorithm,
            @Nullable ASN1Encodable parameters,
            @Nullable Hash hash,
            Set<KeySpec> specs) {
        this.identifier = parameters == null
                ? new AlgorithmIdentifier(algorithm)
                : new AlgorithmIdentifier(algorithm, parameters);
        this.hash = Optional.ofNullable(hash);
        this.specs = specs;
    }

    /** The scheme a key of this kind signs with unless something else is asked for. */
    public static SignatureScheme defaultFor(KeySpec spec) {
        return switch (spec) {
            case EC_P256 -> ECDSA_SHA256;
            case EC_P384 -> ECDSA_SHA384;
            case RSA_3072 -> RSA_PKCS1_SHA256;
            case RSA_4096 -> RSA_PKCS1_SHA256;
            case ED25519 -> ED25519;
            case ML_DSA_44 -> ML_DSA_44;
            case ML_DSA_65 -> ML_DSA_65;
            case ML_DSA_87 -> ML_DSA_87;
        };
    }

    /** The {@code signatureAlgorithm} field (RFC 5758, 4055, 8410): NULL parameters for RSA, none for the others (RFC 9881, 3). */
    public AlgorithmIdentifier identifier() {
        return identifier;
    }

    public boolean fits(KeySpec spec) {
        return specs.contains(spec);
    }

    /** Whether this scheme signs a hash that is the same for every key; Ed25519 and ML-DSA sign the message itself. */
    public boolean hashes() {
        return hash.isPresent();
    }

    /**
     * The scheme's hash of the message.
     *
     * @throws IllegalArgumentException if this scheme signs no digests
     */
    public byte[] digest(byte[] message) {
        return newDigest().digest(message);
    }

    /**
     * What {@link SigningKey#signDigest} takes, for a message that comes in pieces: the scheme's hash, or for ML-DSA mu, which
     * depends on the key.
     *
     * @throws IllegalArgumentException if this scheme has to have the whole message (Ed25519)
     */
    public MessageDigest newDigest(SubjectPublicKeyInfo key) {
        return mlDsa() ? new MuDigest(key.getPublicKeyData().getOctets()) : newDigest();
    }

    /**
     * The scheme's hash, for a message that comes in pieces.
     *
     * @throws IllegalArgumentException if this scheme signs no digests
     */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(requireHash().name);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The hash's own identifier, with NULL parameters as PKCS#1 {@code DigestInfo} wants it (RFC 8017, 9.2). */
    public AlgorithmIdentifier digestIdentifier() {
        return new AlgorithmIdentifier(requireHash().oid, DERNull.INSTANCE);
    }

    /**
     * Refuses a scheme that does not fit the key.
     *
     * @throws IllegalArgumentException naming one that does
     */
    public void require(KeySpec spec) {
        if (!fits(spec)) {
            throw new IllegalArgumentException(
                    this + " does not fit a key of kind " + spec + "; use " + defaultFor(spec));
        }
    }

    /**
     * Refuses what cannot be a digest of this scheme.
     *
     * @throws IllegalArgumentException naming the right length
     */
    public void requireDigest(byte[] digest) {
        int expected = mlDsa() ? MuDigest.OCTETS : requireHash().bytes;
        if (digest.length != expected) {
            throw new IllegalArgumentException(
                    this + " signs a digest of " + expected + " bytes, this one has " + digest.length);
        }
    }

    private boolean mlDsa() {
        return specs.stream().allMatch(KeySpec::mlDsa);
    }

    private Hash requireHash() {
        return hash.orElseThrow(() -> new IllegalArgumentException(this + " signs messages, not digests"));
    }
}
