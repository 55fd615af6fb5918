package dev.nameplate.ca.pki;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name a device is known by: 1 to 64 letters, digits and {@code . _ @ + -}, so that it fits a common name (RFC 5280, A.1) and a Basic user name (RFC 7617, 2). */
public record DeviceId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

    public DeviceId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "device id is not 1 to 64 letters, digits and . _ @ + - that begin with a letter or digit: "
                            + Text.shown(value));
        }
    }

    /** The id that a stranger's text is, if it is one. */
    public static Optional<DeviceId> from(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new DeviceId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
