package dev.nameplate.ca.factory.keys;

import java.util.regex.Pattern;

/**
 * Which key-encryption key: of a batch and station there is one that wraps.
 *
 * @param number counted from 1
 */
public record KekName(String batch, String station, int number) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

    public KekName {
        if (!WORD.matcher(batch).matches() || !WORD.matcher(station).matches()) {
            throw new IllegalArgumentException(
                    "a batch and a station are 1 to 64 letters, digits and . _ @ + - each: " + batch + ", " + station);
        }
    }

    /** The first of its batch and station. */
    public KekName(String batch, String station) {
        this(batch, station, 1);
    }

    /** The key's label in the token. */
    String label() {
        String first = "kek/" + batch + "/" + station;
        return number == 1 ? first : first + "/" + number;
    }

    /** @throws IllegalArgumentException if this is no label */
    static KekName ofLabel(String label) {
        String[] parts = label.split("/", -1);
        if (!isLabel(label) || parts.length < 3) {
            throw new IllegalArgumentException("a key-encryption key is labelled kek/BATCH/STATION, not " + label);
        }
        return new KekName(parts[1], parts[2], parts.length > 3 ? Integer.parseInt(parts[3]) : 1);
    }

    static boolean isLabelOf(String batch, String label) {
        return label.startsWith("kek/" + batch + "/");
    }

    static boolean isLabel(String label) {
        return label.startsWith("kek/");
    }
}
