package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.pki.Sha256;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * How a code is written: 25 characters of Crockford's base 32 (125 random bits) in five groups with dashes. Case, dashes and
 * spaces do not matter when it is typed in, and O, I and L are taken for 0, 1 and 1.
 */
final class CodeText {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHARACTERS = 25;
    private static final int GROUP = 5;

    private CodeText() {}

    static Secret random(SecureRandom random) {
        char[] text = new char[CHARACTERS + CHARACTERS / GROUP - 1];
        for (int i = 0; i < text.length; i++) {
            text[i] = (i + 1) % (GROUP + 1) == 0 ? '-' : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        try {
            return Secret.of(text);
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    /** 25 octets, the characters in ASCII; all zero, which no code is, if this is not the text of a code. */
    static byte[] canonical(Secret code) {
        char[] typed = code.chars();
        byte[] canonical = new byte[CHARACTERS];
        int length = 0;
        boolean good = true;
        for (char c : typed) {
            if (c != '-' && c != ' ') {
                char meant = meant(c);
                good &= length < CHARACTERS && ALPHABET.indexOf(meant) >= 0;
                canonical[Math.min(length++, CHARACTERS - 1)] = (byte) meant;
            }
        }
        Arrays.fill(typed, '\0');
        return good && length == CHARACTERS ? canonical : new byte[CHARACTERS];
    }

    static Sha256 hash(byte[] salt, byte[] canonical) {
        return Sha256.of(salt, canonical);
    }

    private static char meant(char typed) {
        char upper = typed >= 'a' && typed <= 'z' ? (char) (typed - 'a' + 'A') : typed;
        return switch (upper) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> upper;
        };
    }
}
