package dev.nameplate.est;

import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** For whom a key is sealed. */
public sealed interface KeyRecipient {
    /** What the client called the key. */
    ASN1OctetString id();

    /**
     * Whoever has this AES key, of 16, 24 or 32 octets.
     *
     * @param key belongs to the caller, who overwrites it
     */
    record Secret(ASN1OctetString id, byte[] key) implements KeyRecipient {}

    /** Whoever has the private half of this RSA or EC key; the id is its certificate's subjectKeyIdentifier. */
    record PublicKey(ASN1OctetString id, SubjectPublicKeyInfo key) implements KeyRecipient {}
}
