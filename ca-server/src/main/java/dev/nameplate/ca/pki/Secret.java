package dev.nameplate.ca.pki;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** A password or code. Shows itself as {@code ***}; equal by content, compared in a time that says nothing of it. */
public final class Secret {
    private final char[] value;

    private Secret(char[] value) {
        this.value = value;
    }

    /** Keeps a copy; the caller may overwrite its own. */
    public static Secret of(char[] value) {
        return new Secret(value.clone());
    }

    /** For secrets that are strings already. A {@code String} cannot be overwritten: prefer {@link #of(char[])}. */
    public static Secret of(String value) {
        return new Secret(value.toCharArray());
    }

    /** A copy, for the caller to use and overwrite. */
    public char[] chars() {
        return value.clone();
    }

    /** A copy in UTF-8, for the caller to use and overwrite. */
    public byte[] utf8() {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
        byte[] octets = new byte[encoded.remaining()];
        encoded.get(octets);
        encoded.clear();
        encoded.put(new byte[encoded.capacity()]);
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && sameOctets(that);
    }

    /** The same for every secret, so that it tells nothing. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "***";
    }

    private boolean sameOctets(Secret that) {
        byte[] mine = utf8();
        byte[] theirs = that.utf8();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }
}
