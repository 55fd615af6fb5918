package dev.nameplate.ca.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Values that are written the same way everywhere in the settings. */
final class Words {
    /** No well-defined end. */
    static final String FOREVER = "forever";

    private Words() {}

    static Duration duration(String key, @Nullable String text, Duration otherwise) {
        return text == null ? otherwise : duration(key, text);
    }

    static Duration duration(String key, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(key + " is not an ISO 8601 duration such as PT30S or P365D: " + text, e);
        }
    }

    static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
