package dev.nameplate.hsm;

import java.util.Arrays;

/**
 * A new key-encryption key on its way to the one who may open what it wraps.
 *
 * @param recipientInfo a CMS RecipientInfo in DER whose encrypted key is the key-encryption key (RFC 5652, 6.2): ktri with
 *     RSAES-OAEP, or kari with dhSinglePass-stdDH-sha256kdf and AES-256 key wrap; the recipient by subjectKeyIdentifier
 * @param insideToken the value was made and encrypted inside the token, and was never in this process
 */
public record KekHandover(KeyEncryptionKey kek, byte[] recipientInfo, boolean insideToken) {
    public KekHandover {
        recipientInfo = recipientInfo.clone();
    }

    @Override
    public byte[] recipientInfo() {
        return recipientInfo.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KekHandover that
                && kek.equals(that.kek)
                && insideToken == that.insideToken
                && Arrays.equals(recipientInfo, that.recipientInfo);
    }

    @Override
    public int hashCode() {
        return 31 * kek.hashCode() + Arrays.hashCode(recipientInfo);
    }

    @Override
    public String toString() {
        return "KekHandover[" + kek + ", insideToken=" + insideToken + "]";
    }
}
