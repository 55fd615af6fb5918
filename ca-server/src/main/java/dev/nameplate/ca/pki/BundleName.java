package dev.nameplate.ca.pki;

import java.util.regex.Pattern;

/** The name of a bundle of units drawn ahead of time: 32 hexadecimal digits, which the station chooses at random. */
public record BundleName(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public BundleName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "bundle name is not 32 hexadecimal digits in lower case: " + Text.shown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
