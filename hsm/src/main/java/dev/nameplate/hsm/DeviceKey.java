package dev.nameplate.hsm;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A key pair made in a vault for somebody else, and in the vault no more. Here its private half is wrapped (RFC 5649) under a
 * key of its own until somebody opens it; closing overwrites both.
 */
public final class DeviceKey implements AutoCloseable {
    private static final String KEY_WRAP = "AES/KWP/NoPadding";
    private static final int LONG_LENGTH = 0x80;

    private final SubjectPublicKeyInfo publicKey;
    private final byte[] wrapped;
    private final byte[] wrappingKey;

    /** Takes the arrays over. */
    private DeviceKey(SubjectPublicKeyInfo publicKey, byte[] wrapped, byte[] wrappingKey) {
        this.publicKey = publicKey;
        this.wrapped = wrapped;
        this.wrappingKey = wrappingKey;
    }

    /**
     * As a token hands it out.
     *
     * @param wrapped the PKCS#8 of the private key under AES-KWP
     * @param wrappingKey 32 octets; both arrays belong to the new object from now on
     */
    public static DeviceKey wrapped(SubjectPublicKeyInfo publicKey, byte[] wrapped, byte[] wrappingKey) {
        return new DeviceKey(publicKey, wrapped, wrappingKey);
    }

    /** Wraps a key that was made on the heap, and overwrites it. */
    public static DeviceKey wrapping(SubjectPublicKeyInfo publicKey, byte[] pkcs8, byte[] wrappingKey) {
        try {
            return new DeviceKey(publicKey, run(Cipher.ENCRYPT_MODE, wrappingKey, pkcs8), wrappingKey);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    public SubjectPublicKeyInfo publicKey() {
        return publicKey;
    }

    /**
     * The private key in the clear, as PKCS#8 (RFC 5958) in DER.
     *
     * @return for the caller to use and to overwrite
     * @throws TokenRefusedException if the token wrapped something else
     */
    public byte[] pkcs8() {
        byte[] padded = run(Cipher.DECRYPT_MODE, wrappingKey, wrapped);
        try {
            return Arrays.copyOf(padded, lengthOfSequence(padded));
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    @Override
    public void close() {
        Arrays.fill(wrapped, (byte) 0);
        Arrays.fill(wrappingKey, (byte) 0);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "DeviceKey[" + publicKey.getAlgorithm().getAlgorithm() + "]";
    }

    /** SoftHSM pads with zeros before it wraps, and they come back as if they belonged to the key. */
    private static int lengthOfSequence(byte[] der) {
        int octets = der.length > 2 && (der[1] & LONG_LENGTH) != 0 ? der[1] & ~LONG_LENGTH & 0xff : 0;
        if (der.length < 4 || der[0] != 0x30 || octets > 2) {
            throw new TokenRefusedException("the token wrapped something that is no PKCS#8");
        }
        int length = octets == 0 ? der[1] : 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (der[2 + i] & 0xff);
        }
        int end = 2 + octets + length;
        if (end > der.length) {
            throw new TokenRefusedException("the token wrapped a part of a PKCS#8");
        }
        return end;
    }

    private static byte[] run(int mode, byte[] wrappingKey, byte[] input) {
        try {
            // Of the JDK: it writes over its own buffers when it is done.
            Cipher cipher = Cipher.getInstance(KEY_WRAP, "SunJCE");
            cipher.init(mode, new SecretKeySpec(wrappingKey, "AES"));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new TokenRefusedException("the token's key wrap is not that of RFC 5649", e);
        }
    }
}
