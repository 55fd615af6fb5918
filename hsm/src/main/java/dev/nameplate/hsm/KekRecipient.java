package dev.nameplate.hsm;

import java.io.IOException;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;

/** Whose key a key-encryption key is encrypted to. */
public sealed interface KekRecipient {
    /** The token encrypts to it. */
    record Rsa(SubjectPublicKeyInfo key, RSAPublicKey numbers) implements KekRecipient {
        /** @param algorithm RSAES-OAEP with the parameters that were used */
        public byte[] recipientInfo(AlgorithmIdentifier algorithm, byte[] encryptedKey) {
            return der(new RecipientInfo(new KeyTransRecipientInfo(
                    new RecipientIdentifier(new DEROctetString(identifier(key))),
                    algorithm,
                    new DEROctetString(encryptedKey))));
        }
    }

    /** This process encrypts to it. */
    record Ec(SubjectPublicKeyInfo key) implements KekRecipient {}

    int LEAST_RSA_BITS = 2048;
    Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    SubjectPublicKeyInfo key();

    /** @throws IllegalArgumentException if this is no key to encrypt to */
    static KekRecipient of(SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier type = key.getAlgorithm().getAlgorithm();
        if (type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            RSAPublicKey rsa = RSAPublicKey.getInstance(key.getPublicKeyData().getOctets());
            if (rsa.getModulus().bitLength() >= LEAST_RSA_BITS) {
                return new Rsa(key, rsa);
            }
        }
        boolean named = type.equals(X9ObjectIdentifiers.id_ecPublicKey)
                && key.getAlgorithm().getParameters() != null
                && key.getAlgorithm().getParameters().toASN1Primitive() instanceof ASN1ObjectIdentifier curve
                && CURVES.contains(curve);
        if (!named) {
            throw new IllegalArgumentException(
                    "the recipient's key cannot be encrypted to: RSA from 2048 bits, or EC on P-256, P-384 or P-521, is right");
        }
        return new Ec(key);
    }

    /** How the recipient is named: by the SHA-1 of the key's bits (RFC 5280, 4.2.1.2, method 1). */
    static byte[] identifier(SubjectPublicKeyInfo key) {
        byte[] bits = key.getPublicKeyData().getOctets();
        Digest sha1 = new SHA1Digest();
        sha1.update(bits, 0, bits.length);
        byte[] identifier = new byte[sha1.getDigestSize()];
        sha1.doFinal(identifier, 0);
        return identifier;
    }

    private static byte[] der(RecipientInfo info) {
        try {
            return info.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("a recipient always encodes", e);
        }
    }
}
