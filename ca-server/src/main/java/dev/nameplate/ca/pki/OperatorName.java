package dev.nameplate.ca.pki;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a person or station that uses the operator door. */
public record OperatorName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9._-]{0,31}");

    public OperatorName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "operator name is not 1 to 32 lower-case letters, digits and . _ - that begin with a letter: "
                            + Text.shown(value));
        }
    }

    /** The name that a stranger's text is, if it is one. */
    public static Optional<OperatorName> from(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new OperatorName(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
