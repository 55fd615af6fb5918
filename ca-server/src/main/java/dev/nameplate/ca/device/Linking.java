package dev.nameplate.ca.device;

import java.util.List;
import java.util.Locale;

/** Whether a request has to be linked to its TLS session (RFC 7030, 3.5). Where a link is given, it is always checked. */
public enum Linking {
    WHEN_GIVEN,
    REQUIRED;

    /** @throws IllegalArgumentException naming the accepted words */
    public static Linking parse(String text) {
        for (Linking linking : values()) {
            if (linking.toString().equals(text)) {
                return linking;
            }
        }
        throw new IllegalArgumentException("linking is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
