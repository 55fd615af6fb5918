package dev.nameplate.ca.pki;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What a public key is called by: the SHA-256 of its SubjectPublicKeyInfo in DER. */
public final class Keys {
    private static final int IDENTIFIER_OCTETS = 20;

    private Keys() {}

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
}
