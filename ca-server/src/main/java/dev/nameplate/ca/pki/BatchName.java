package dev.nameplate.ca.pki;

import java.util.regex.Pattern;

/** The name of a work order of a factory, as in {@code WO-2026-1147}. */
public record BatchName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,23}");

    public BatchName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "batch name is not 1 to 24 letters, digits and . _ - that begin with a letter or digit: "
                            + Text.shown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
