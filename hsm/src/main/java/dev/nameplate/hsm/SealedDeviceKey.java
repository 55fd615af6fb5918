package dev.nameplate.hsm;

import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A key pair made for a device, its private half encrypted to one recipient.
 *
 * @param envelopedData CMS EnvelopedData in a ContentInfo, in DER (RFC 5652, 6.1): one recipient, content encrypted by
 *     id-aes256-wrap-pad, which opens as {@link WrappedDeviceKey#encryptedPrivateKeyInfo} does
 * @param insideToken see {@link KekHandover#insideToken}
 */
public record SealedDeviceKey(SubjectPublicKeyInfo publicKey, byte[] envelopedData, boolean insideToken) {
    public SealedDeviceKey {
        envelopedData = envelopedData.clone();
    }

    @Override
    public byte[] envelopedData() {
        return envelopedData.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedDeviceKey that
                && publicKey.equals(that.publicKey)
                && insideToken == that.insideToken
                && Arrays.equals(envelopedData, that.envelopedData);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(envelopedData);
    }

    @Override
    public String toString() {
        return "SealedDeviceKey[insideToken=" + insideToken + "]";
    }
}
