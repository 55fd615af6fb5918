package dev.nameplate.ca.pki;

import java.util.regex.Pattern;

/** The optional path segment of an EST request (RFC 7030, 3.2.2); case matters. The unlabelled service is {@link #NONE}. */
public record LabelName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,63}");

    /** Requests without a label; settings call it {@code default}. */
    public static final LabelName NONE = new LabelName("default");

    public LabelName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "label is not 1 to 64 letters, digits and . _ ~ - that begin with a letter or digit: "
                            + Text.shown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
