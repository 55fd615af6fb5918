package dev.nameplate.ca.pki;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What a public key is called by: the SHA-256 of its SubjectPublicKeyInfo in DER. */
public final class Keys {
    private Keys() {}

    public static Sha256 hashOf(SubjectPublicKeyInfo key) {
        try {
            return Sha256.of(key.getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalArgumentException("public key cannot be encoded", e);
        }
    }
}
