package dev.nameplate.hsm;

import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A key pair made for a device, its private half wrapped under a key-encryption key.
 *
 * @param encryptedPrivateKeyInfo RFC 5958 EncryptedPrivateKeyInfo in DER, by id-aes256-wrap-pad (RFC 5649) without parameters.
 *     It opens to a PKCS#8 PrivateKeyInfo; some tokens leave up to seven octets of zero behind it, which its DER length tells
 * @param kek what it is wrapped under
 */
public record WrappedDeviceKey(SubjectPublicKeyInfo publicKey, byte[] encryptedPrivateKeyInfo, KeyId kek) {
    public WrappedDeviceKey {
        encryptedPrivateKeyInfo = encryptedPrivateKeyInfo.clone();
    }

    @Override
    public byte[] encryptedPrivateKeyInfo() {
        return encryptedPrivateKeyInfo.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrappedDeviceKey that
                && publicKey.equals(that.publicKey)
                && kek.equals(that.kek)
                && Arrays.equals(encryptedPrivateKeyInfo, that.encryptedPrivateKeyInfo);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encryptedPrivateKeyInfo);
    }

    @Override
    public String toString() {
        return "WrappedDeviceKey[under " + kek + "]";
    }
}
