package dev.nameplate.ca.pki;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** What a public key is called by: the SHA-256 of its SubjectPublicKeyInfo in DER. */
public final class Keys {
    private static final int IDENTIFIER_OCTETS = 20;

    private static final Map<ASN1ObjectIdentifier, KeyAlgorithm> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, KeyAlgorithm.EC_P256,
            SECObjectIdentifiers.secp384r1, KeyAlgorithm.EC_P384,
            SECObjectIdentifiers.secp521r1, KeyAlgorithm.EC_P521);
    private static final Map<ASN1ObjectIdentifier, KeyAlgorithm> WITHOUT_PARAMETERS = Map.of(
            EdECObjectIdentifiers.id_Ed25519, KeyAlgorithm.ED25519,
            NISTObjectIdentifiers.id_ml_dsa_44, KeyAlgorithm.ML_DSA_44,
            NISTObjectIdentifiers.id_ml_dsa_65, KeyAlgorithm.ML_DSA_65,
            NISTObjectIdentifiers.id_ml_dsa_87, KeyAlgorithm.ML_DSA_87);
    private static final Map<Integer, KeyAlgorithm> RSA_SIZES = Map.of(
            2048, KeyAlgorithm.RSA_2048,
            3072, KeyAlgorithm.RSA_3072,
            4096, KeyAlgorithm.RSA_4096);

    private Keys() {}

    /** What a key claims to be, if that is anything known here. */
    public static Optional<KeyAlgorithm> algorithmOf(SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier type = key.getAlgorithm().getAlgorithm();
        if (type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return Optional.ofNullable(key.getAlgorithm().getParameters())
                    .map(ASN1Encodable::toASN1Primitive)
                    .map(CURVES::get);
        }
        if (WITHOUT_PARAMETERS.containsKey(type)) {
            return Optional.ofNullable(WITHOUT_PARAMETERS.get(type));
        }
        return type.equals(PKCSObjectIdentifiers.rsaEncryption) ? rsa(key) : Optional.empty();
    }

    /** The subjectKeyIdentifier a certificate for this key gets: the first 160 bits of the key's SHA-256 (RFC 7093, 2, method 1). */
    public static byte[] identifierOf(SubjectPublicKeyInfo key) {
        return Arrays.copyOf(Sha256.of(key.getPublicKeyData().getBytes()).octets(), IDENTIFIER_OCTETS);
    }

    public static Sha256 hashOf(SubjectPublicKeyInfo key) {
        try {
            return Sha256.of(key.getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalArgumentException("public key cannot be encoded", e);
        }
    }

    private static Optional<KeyAlgorithm> rsa(SubjectPublicKeyInfo key) {
        try {
            int bits =
                    RSAPublicKey.getInstance(key.parsePublicKey()).getModulus().bitLength();
            return Optional.ofNullable(RSA_SIZES.get(bits));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
