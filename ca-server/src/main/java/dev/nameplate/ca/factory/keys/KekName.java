package dev.nameplate.ca.factory.keys;

import java.util.regex.Pattern;

/** Which key-encryption key: there is one per batch and station. */
public record KekName(String batch, String station) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

    public KekName {
        if (!WORD.matcher(batch).matches() || !WORD.matcher(station).matches()) {
            throw new IllegalArgumentException(
                    "a batch and a station are 1 to 64 letters, digits and . _ @ + - each: " + batch + ", " + station);
        }
    }

    /** The key's label in the token. */
    String label() {
        return "kek/" + batch + "/" + station;
    }

    static boolean isLabel(String label) {
        return label.startsWith("kek/");
    }
}
