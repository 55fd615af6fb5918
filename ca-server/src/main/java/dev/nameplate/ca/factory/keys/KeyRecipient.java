package dev.nameplate.ca.factory.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;

/**
 * Opens what was wrapped for a station, on the station: nothing in the CA has this key. What it opens is for the caller to
 * write into the device and to overwrite.
 */
public final class KeyRecipient {
    private static final int LONG_LENGTH = 0x80;

    private final PrivateKey key;

    public KeyRecipient(PrivateKey key) {
        this.key = key;
    }

    /**
     * The value of a key-encryption key.
     *
     * @param recipientInfo of a handover
     * @throws IllegalArgumentException if it is not for this key, or was altered
     */
    public byte[] keyEncryptionKey(byte[] recipientInfo) {
        try {
            RecipientInfo info = RecipientInfo.getInstance(ASN1Primitive.fromByteArray(recipientInfo));
            return info.getInfo() instanceof KeyTransRecipientInfo ktri
                    ? transported(ktri)
                    : AgreedKey.of(key, recipientInfo);
        } catch (GeneralSecurityException | IOException notMine) {
            throw new IllegalArgumentException(
                    "the key-encryption key is not for this station, or was altered", notMine);
        }
    }

    /** The PKCS#8 of a key that was sealed to this recipient alone. */
    public byte[] open(byte[] envelopedData) {
        try {
            EnvelopedData data = EnvelopedData.getInstance(
                    ContentInfo.getInstance(envelopedData).getContent());
            byte[] kek = keyEncryptionKey(
                    data.getRecipientInfos().getObjectAt(0).toASN1Primitive().getEncoded());
            return unwrapped(
                    kek, data.getEncryptedContentInfo().getEncryptedContent().getOctets());
        } catch (IOException malformed) {
            throw new IllegalArgumentException("not a sealed key", malformed);
        }
    }

    /**
     * The PKCS#8 of a key wrapped under a key-encryption key.
     *
     * @throws IllegalArgumentException if it was wrapped under another, or altered
     */
    public static byte[] open(byte[] kek, byte[] encryptedPrivateKeyInfo) {
        return unwrapped(
                kek,
                EncryptedPrivateKeyInfo.getInstance(encryptedPrivateKeyInfo).getEncryptedData());
    }

    private static byte[] unwrapped(byte[] kek, byte[] wrapped) {
        try {
            Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding", "SunJCE");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(kek, "AES"));
            byte[] padded = cipher.doFinal(wrapped);
            try {
                return Arrays.copyOf(padded, lengthOfSequence(padded));
            } finally {
                Arrays.fill(padded, (byte) 0);
            }
        } catch (GeneralSecurityException notMine) {
            throw new IllegalArgumentException("the key was wrapped under another key, or altered", notMine);
        }
    }

    private byte[] transported(KeyTransRecipientInfo info) throws GeneralSecurityException {
        boolean sha1 = RSAESOAEPparams.getInstance(
                        info.getKeyEncryptionAlgorithm().getParameters())
                .getHashAlgorithm()
                .getAlgorithm()
                .equals(OIWObjectIdentifiers.idSHA1);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                key,
                new OAEPParameterSpec(
                        sha1 ? "SHA-1" : "SHA-256",
                        "MGF1",
                        sha1 ? MGF1ParameterSpec.SHA1 : MGF1ParameterSpec.SHA256,
                        PSource.PSpecified.DEFAULT));
        return cipher.doFinal(info.getEncryptedKey().getOctets());
    }

    /** Some tokens pad with zeros before they wrap, and these come back as if they belonged to the key. */
    private static int lengthOfSequence(byte[] der) {
        int octets = der.length > 1 && (der[1] & LONG_LENGTH) != 0 ? der[1] & ~LONG_LENGTH & 0xff : 0;
        if (der.length < 2 + octets || der[0] != 0x30 || octets > 2) {
            throw new IllegalArgumentException("what was wrapped is no PKCS#8");
        }
        int length = octets == 0 ? der[1] : 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (der[2 + i] & 0xff);
        }
        if (2 + octets + length > der.length) {
            throw new IllegalArgumentException("what was wrapped is a part of a PKCS#8");
        }
        return 2 + octets + length;
    }
}
