package dev.nameplate.ca.pki;

import java.util.regex.Pattern;

/** The name of a certificate profile in the settings. */
public record ProfileName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ProfileName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "profile name is not 1 to 32 lower-case letters, digits and - that begin with a letter: "
                            + Text.shown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
