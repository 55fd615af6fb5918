package dev.nameplate.est;

import java.util.Arrays;
import java.util.Base64;

/** Reads one stretch of base64, refusing whatever a strict reader would read differently from a lax one. */
final class Base64Reader {
    private static final byte[] VALUES = values();
    private static final byte FOREIGN = -1;

    private final byte[] body;
    private final int from;
    private final int to;
    private final byte[] characters;
    private int count;
    private int padding;
    private boolean lineEnded;
    private boolean brokenIntoLines;

    Base64Reader(byte[] body, int from, int to) {
        this.body = body;
        this.from = from;
        this.to = to;
        this.characters = new byte[to - from];
    }

    byte[] read() {
        for (int i = from; i < to; i++) {
            take(body[i], i);
        }
        requireWholeGroups();
        requireNoStrayBits();
        return Base64.getDecoder().decode(Arrays.copyOf(characters, count));
    }

    /** Whether a line ended before the last character; known after {@link #read()}. */
    boolean brokenIntoLines() {
        return brokenIntoLines;
    }

    private void take(byte b, int position) {
        if (EstBase64.isWhitespace(b)) {
            lineEnded |= b == '\n' || b == '\r';
        } else if (b == '=') {
            padding++;
        } else {
            takeCharacter(b, position);
        }
    }

    private void takeCharacter(byte b, int position) {
        if (b < 0 || VALUES[b] == FOREIGN) {
            throw new MalformedMessageException("body is not base64: " + shown(b) + " at position " + position);
        }
        if (padding > 0) {
            throw new MalformedMessageException(
                    "body is not base64: it goes on after its padding, at position " + position);
        }
        brokenIntoLines |= lineEnded && count > 0;
        characters[count++] = b;
    }

    private void requireWholeGroups() {
        if (count == 0) {
            throw new MalformedMessageException("body is not base64: it has no characters");
        }
        if (padding > 2 || (count + padding) % 4 != 0) {
            throw new MalformedMessageException("body is not base64: " + count + " characters and " + padding
                    + " of padding are not whole groups of 4; it is cut short or badly padded");
        }
    }

    /** RFC 4648, 3.5: the bits that padding leaves unused are zero, or one message would have many encodings. */
    private void requireNoStrayBits() {
        int unused = padding == 0 ? 0 : (1 << (2 * padding)) - 1;
        if ((VALUES[characters[count - 1]] & unused) != 0) {
            throw new MalformedMessageException("body is not base64: unused bits before the padding are not zero");
        }
    }

    private static String shown(byte b) {
        return b > ' ' && b < 0x7f ? "character '" + (char) b + "'" : String.format("byte 0x%02X", b);
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, FOREIGN);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}
