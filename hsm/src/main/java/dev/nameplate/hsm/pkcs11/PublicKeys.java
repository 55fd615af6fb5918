package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** Public key objects of a token as X.509 writes them. */
final class PublicKeys {
    private static final int ED25519_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;

    private PublicKeys() {}

    /** The key, unless it is of a kind we do not know. */
    static Optional<SubjectPublicKeyInfo> read(Session session, long handle) throws PKCS11Exception {
        long type = session.getAttrValues(handle, CKA_KEY_TYPE).keyType();
        if (type == CKK_RSA) {
            return rsa(session.getAttrValues(handle, CKA_MODULUS, CKA_PUBLIC_EXPONENT));
        }
        if (type == CKK_EC) {
            return ec(session.getAttrValues(handle, CKA_EC_PARAMS, CKA_EC_POINT));
        }
        if (type == CKK_EC_EDWARDS) {
            return ed25519(session.getAttrValues(handle, CKA_EC_POINT));
        }
        return Optional.empty();
    }

    private static Optional<SubjectPublicKeyInfo> rsa(AttributeVector key) {
        BigInteger modulus = key.modulus();
        BigInteger exponent = key.publicExponent();
        try {
            return Optional.of(new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(modulus, exponent)));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<SubjectPublicKeyInfo> ec(AttributeVector key) {
        byte[] parameters = key.ecParams();
        byte[] point = key.ecPoint();
        if (parameters == null || point == null) {
            return Optional.empty();
        }
        byte[] bare = point[0] == UNCOMPRESSED && point.length % 2 == 1 ? point : unwrapped(point);
        return asn1(parameters)
                .map(curve -> new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), bare));
    }

    private static Optional<SubjectPublicKeyInfo> ed25519(AttributeVector key) {
        byte @Nullable [] point = key.ecPoint();
        if (point == null) {
            return Optional.empty();
        }
        byte[] bare = point.length == ED25519_BYTES ? point : unwrapped(point);
        return bare.length == ED25519_BYTES
                ? Optional.of(new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), bare))
                : Optional.empty();
    }

    /** PKCS#11 2.30 and later wrap CKA_EC_POINT into an OCTET STRING, some tokens do not. */
    private static byte[] unwrapped(byte[] point) {
        return asn1(point)
                .filter(ASN1OctetString.class::isInstance)
                .map(value -> ((ASN1OctetString) value).getOctets())
                .orElse(point);
    }

    private static Optional<ASN1Primitive> asn1(byte[] der) {
        try {
            return Optional.of(ASN1Primitive.fromByteArray(der));
        } catch (IOException notDer) {
            return Optional.empty();
        }
    }
}
