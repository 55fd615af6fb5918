package dev.nameplate.est;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The kind of key a server insists on (RFC 9908, 3.2 and 3.4).
 *
 * @param type the algorithm of the key: id-ecPublicKey, rsaEncryption, or one without parameters, as id-Ed25519
 * @param curve of an EC key; any if empty
 * @param rsaBits of an RSA key; any if empty
 */
public record KeyWish(ASN1ObjectIdentifier type, Optional<ASN1ObjectIdentifier> curve, OptionalInt rsaBits) {
    private static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final int MAX_RSA_BITS = 16_384;

    public static KeyWish ec(ASN1ObjectIdentifier curve) {
        return new KeyWish(X9ObjectIdentifiers.id_ecPublicKey, Optional.of(curve), OptionalInt.empty());
    }

    public static KeyWish rsa(int bits) {
        return new KeyWish(PKCSObjectIdentifiers.rsaEncryption, Optional.empty(), OptionalInt.of(bits));
    }

    public static KeyWish ed25519() {
        return of(EdECObjectIdentifiers.id_Ed25519);
    }

    /** @param type as id-ml-dsa-65 (RFC 9881, 3) */
    public static KeyWish mlDsa(ASN1ObjectIdentifier type) {
        return of(type);
    }

    private static KeyWish of(ASN1ObjectIdentifier type) {
        return new KeyWish(type, Optional.empty(), OptionalInt.empty());
    }

    static boolean isKeyType(ASN1ObjectIdentifier type) {
        return type.equals(X9ObjectIdentifiers.id_ecPublicKey)
                || type.equals(PKCSObjectIdentifiers.rsaEncryption)
                || type.equals(EdECObjectIdentifiers.id_Ed25519)
                || type.on(NISTObjectIdentifiers.sigAlgs);
    }

    /** An attribute of the key's type; an empty SET is any key of that type. */
    Attribute attribute() {
        var values = new ASN1EncodableVector();
        curve.ifPresent(values::add);
        rsaBits.ifPresent(bits -> values.add(new ASN1Integer(bits)));
        return new Attribute(type, new DERSet(values));
    }

    static KeyWish read(Attribute attribute) {
        if (attribute.getAttrValues().size() > 1) {
            throw new MalformedMessageException("the key type " + attribute.getAttrType() + " has several values");
        }
        return attribute.getAttrValues().size() == 0
                ? of(attribute.getAttrType())
                : with(attribute.getAttrType(), attribute.getAttrValues().getObjectAt(0));
    }

    /** SubjectPublicKeyInfoTemplate under an implicit [0]; an RSA size is shown by a placeholder of that size. */
    DERTaggedObject template() {
        var fields = new ASN1EncodableVector();
        fields.add(algorithm());
        rsaBits.ifPresent(bits -> fields.add(placeholder(bits)));
        return new DERTaggedObject(false, 0, new DERSequence(fields));
    }

    static KeyWish readTemplate(ASN1Sequence template) {
        Asn1.sequence(template, 1, 2, "subjectPKInfo of the template");
        return Asn1.reading("subjectPKInfo of the template", () -> {
            var algorithm = AlgorithmIdentifier.getInstance(template.getObjectAt(0));
            if (template.size() == 2) {
                var key = RSAPublicKey.getInstance(
                        DERBitString.getInstance(template.getObjectAt(1)).getOctets());
                return rsa(checkedBits(key.getModulus().bitLength()));
            }
            return algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
                    ? ec(curve)
                    : of(algorithm.getAlgorithm());
        });
    }

    private AlgorithmIdentifier algorithm() {
        ASN1Encodable parameters = curve.<ASN1Encodable>map(oid -> oid).orElse(DERNull.INSTANCE);
        return curve.isPresent() || type.equals(PKCSObjectIdentifiers.rsaEncryption)
                ? new AlgorithmIdentifier(type, parameters)
                : new AlgorithmIdentifier(type);
    }

    private static DERBitString placeholder(int bits) {
        try {
            BigInteger modulus = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
            return new DERBitString(new RSAPublicKey(modulus, F4));
        } catch (IOException e) {
            throw new IllegalStateException("a number always encodes", e);
        }
    }

    private static KeyWish with(ASN1ObjectIdentifier type, ASN1Encodable value) {
        ASN1Primitive primitive = value.toASN1Primitive();
        if (primitive instanceof ASN1ObjectIdentifier curve && type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return ec(curve);
        }
        if (primitive instanceof ASN1Integer bits && type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa(checkedBits(Asn1.reading("size of the RSA key", bits::intValueExact)));
        }
        throw new MalformedMessageException("the value of the key type " + type + " does not fit it");
    }

    private static int checkedBits(int bits) {
        if (bits < 1 || bits > MAX_RSA_BITS) {
            throw new MalformedMessageException("an RSA key of " + bits + " bits is asked for");
        }
        return bits;
    }
}
