package dev.nameplate.ca.factory.export;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The kinds of key that chips and manifests know. */
enum KeyKind {
    P256,
    P384,
    RSA,
    OTHER;

    static KeyKind of(SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier type = key.getAlgorithm().getAlgorithm();
        if (type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return RSA;
        }
        ASN1Encodable curve = key.getAlgorithm().getParameters();
        if (!type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return OTHER;
        }
        if (SECObjectIdentifiers.secp256r1.equals(curve)) {
            return P256;
        }
        return SECObjectIdentifiers.secp384r1.equals(curve) ? P384 : OTHER;
    }

    static int rsaBits(SubjectPublicKeyInfo key) {
        return RSAPublicKey.getInstance(key.getPublicKeyData().getOctets())
                .getModulus()
                .bitLength();
    }
}
