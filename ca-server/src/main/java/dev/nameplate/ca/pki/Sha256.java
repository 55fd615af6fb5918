package dev.nameplate.ca.pki;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: 32 octets, compared by content. */
public final class Sha256 {
    public static final int OCTETS = 32;

    private final byte[] octets;

    private Sha256(byte[] octets) {
        this.octets = octets;
    }

    public static Sha256 of(byte[]... parts) {
        MessageDigest digest = newDigest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Sha256(digest.digest());
    }

    /** @throws IllegalArgumentException if these are not 32 octets */
    public static Sha256 fromOctets(byte[] octets) {
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("a SHA-256 value has 32 octets, not " + octets.length);
        }
        return new Sha256(octets.clone());
    }

    /** @throws IllegalArgumentException if this is not 64 hexadecimal digits */
    public static Sha256 fromHex(String hex) {
        return fromOctets(HexFormat.of().parseHex(hex));
    }

    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }

    /** For what comes in pieces. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
