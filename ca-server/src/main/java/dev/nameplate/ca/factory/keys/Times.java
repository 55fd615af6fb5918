package dev.nameplate.ca.factory.keys;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as records write them: UTC, with milliseconds. */
final class Times {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    static String text(Instant at) {
        return FORM.format(at);
    }

    static Instant rounded(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
