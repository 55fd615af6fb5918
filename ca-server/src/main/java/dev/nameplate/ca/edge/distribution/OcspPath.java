package dev.nameplate.ca.edge.distribution;

import dev.nameplate.est.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The request in the path of a GET (RFC 6960, A.1.1): base64, percent-encoded where the client likes. The alphabet that is safe in
 * URLs and missing padding are taken too: neither leaves a doubt.
 */
final class OcspPath {
    static final String BARE = "/ocsp";
    static final String PREFIX = "/ocsp/";
    private static final String SHOULD_BE = "; after /ocsp/ comes the request in base64, percent-encoded once";

    private OcspPath() {}

    /** Whether slashes in this path separate nothing. */
    static boolean isOne(String path) {
        return path.startsWith(PREFIX) && path.indexOf('.') < 0 && path.indexOf(';') < 0;
    }

    /** @throws MalformedMessageException naming what is wrong */
    static byte[] requestIn(String path) {
        byte[] text = path.substring(begin(path)).getBytes(StandardCharsets.ISO_8859_1);
        int length = isPlain(path) ? text.length : decode(text);
        if (length == 0) {
            throw new MalformedMessageException("the path has no request" + SHOULD_BE);
        }
        try {
            return Base64.getDecoder().decode(length == text.length ? text : Arrays.copyOf(text, length));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("the path is not base64" + SHOULD_BE, e);
        }
    }

    /** A DER request begins with M in base64, so a slash before it is one too many of the client's. */
    private static int begin(String path) {
        int at = BARE.length();
        while (at < path.length() && path.charAt(at) == '/') {
            at++;
        }
        return at;
    }

    /** Nothing but base64 as it is, if it is base64. */
    private static boolean isPlain(String path) {
        return path.indexOf('%') < 0 && path.indexOf('-') < 0 && path.indexOf('_') < 0;
    }

    /** In place. @return how much of it is left */
    private static int decode(byte[] text) {
        int length = 0;
        for (int at = 0; at < text.length; at++) {
            byte letter = text[at];
            if (letter == '%') {
                letter = decoded(text, at);
                at += 2;
            }
            text[length++] = inAlphabet(letter);
        }
        return length;
    }

    private static byte decoded(byte[] text, int at) {
        boolean whole = at + 2 < text.length;
        int high = whole ? Character.digit(text[at + 1], 16) : -1;
        int low = whole ? Character.digit(text[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new MalformedMessageException("the path has a % without two hexadecimal digits" + SHOULD_BE);
        }
        byte letter = (byte) ((high << 4) | low);
        if (letter == '%') {
            throw new MalformedMessageException("the path is percent-encoded twice" + SHOULD_BE);
        }
        return letter;
    }

    private static byte inAlphabet(byte letter) {
        return switch (letter) {
            case '-' -> '+';
            case '_' -> '/';
            default -> letter;
        };
    }
}
