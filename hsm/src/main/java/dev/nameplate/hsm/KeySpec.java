package dev.nameplate.hsm;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/** The kinds of signing key a vault makes and uses. */
@SuppressWarnings("ImmutableEnumChecker") // object identifiers and Optional are immutable without saying so
public enum KeySpec {
    EC_P256(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1, 256),
    EC_P384(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1, 384),
    RSA_3072(PKCSObjectIdentifiers.rsaEncryption, null, 3072),
    RSA_4096(PKCSObjectIdentifiers.rsaEncryption, null, 4096),
    ED25519(EdECObjectIdentifiers.id_Ed25519, null, 256),
    /** ML-DSA of FIPS 204, in X.509 by RFC 9881. No token known here has it yet. */
    ML_DSA_44(NISTObjectIdentifiers.id_ml_dsa_44, null, 10_496),
    ML_DSA_65(NISTObjectIdentifiers.id_ml_dsa_65, null, 15_616),
    ML_DSA_87(NISTObjectIdentifiers.id_ml_dsa_87, null, 20_736);

    private final ASN1ObjectIdentifier algorithm;
    private final Optional<ASN1ObjectIdentifier> curve;
    private final int bits;

    KeySpec(ASN1ObjectIdentifier algorithm, @Nullable ASN1ObjectIdentifier curve, int bits) {
        this.algorithm = algorithm;
        this.curve = Optional.ofNullable(curve);
        this.bits = bits;
    }

    /** The size in bits of the field, of the modulus, or of a public key of ML-DSA. */
    public int bits() {
        return bits;
    }

    /** The named curve of an elliptic curve key in Weierstrass form. */
    public Optional<ASN1ObjectIdentifier> curve() {
        return curve;
    }

    /** Whether it is one of ML-DSA, and so stands up to a quantum computer. */
    public boolean mlDsa() {
        return this == ML_DSA_44 || this == ML_DSA_65 || this == ML_DSA_87;
    }

    public boolean rsa() {
        return algorithm.equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    /** What kind of key this is, unless it is none of ours. */
    public static Optional<KeySpec> of(SubjectPublicKeyInfo key) {
        return Arrays.stream(values()).filter(spec -> spec.fits(key)).findFirst();
    }

    private boolean fits(SubjectPublicKeyInfo key) {
        if (!key.getAlgorithm().getAlgorithm().equals(algorithm)) {
            return false;
        }
        if (curve.isPresent()) {
            return curve.get().equals(key.getAlgorithm().getParameters());
        }
        return !rsa() || modulusBits(key) == bits;
    }

    private static int modulusBits(SubjectPublicKeyInfo key) {
        try {
            return ((RSAKeyParameters) PublicKeyFactory.createKey(key))
                    .getModulus()
                    .bitLength();
        } catch (IOException notAnRsaKey) {
            throw new IllegalArgumentException("RSA public key cannot be parsed", notAnRsaKey);
        }
    }
}
