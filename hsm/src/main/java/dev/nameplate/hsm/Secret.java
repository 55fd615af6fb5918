package dev.nameplate.hsm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/** A PIN or password. Shows itself as {@code ***}, and is overwritten when closed. */
public final class Secret implements AutoCloseable {
    private static final int MAX_FILE_BYTES = 4096;

    private final char[] value;
    private boolean closed;

    private Secret(char[] value) {
        if (value.length == 0) {
            throw new IllegalArgumentException("a secret is empty; it needs at least one character");
        }
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

    /**
     * Reads the first line of a file, in UTF-8.
     *
     * @throws PinMissingException if there is none to read
     */
    public static Secret read(Path file) {
        byte[] bytes = bytesOf(file);
        CharBuffer chars = decode(file, bytes);
        try {
            int end = 0;
            while (end < chars.length() && chars.get(end) != '\n' && chars.get(end) != '\r') {
                end++;
            }
            if (end == 0) {
                throw new PinMissingException("secret file " + file + " is empty; its first line must be the secret");
            }
            return new Secret(Arrays.copyOf(chars.array(), end));
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(chars.array(), '\0');
        }
    }

    /** A copy, for the caller to use and overwrite. */
    public synchronized char[] chars() {
        requireOpen();
        return value.clone();
    }

    /** A copy in UTF-8, for the caller to use and overwrite. */
    public synchronized byte[] utf8() {
        requireOpen();
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.duplicate().get(bytes);
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        return bytes;
    }

    /** Compares in a time that does not depend on where the two differ. */
    public boolean matches(Secret other) {
        byte[] mine = utf8();
        byte[] theirs = other.utf8();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    public synchronized int length() {
        return value.length;
    }

    @Override
    public synchronized void close() {
        Arrays.fill(value, '\0');
        closed = true;
    }

    @Override
    public String toString() {
        return "***";
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the secret was closed");
        }
    }

    private static byte[] bytesOf(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new PinMissingException("secret file " + file + " is larger than " + MAX_FILE_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new PinMissingException("secret file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    private static CharBuffer decode(Path file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException notText) {
            throw new PinMissingException("secret file " + file + " is not UTF-8 text", notText);
        }
    }
}
