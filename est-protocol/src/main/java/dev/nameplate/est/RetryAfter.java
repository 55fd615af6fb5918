package dev.nameplate.est;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Retry-After header (RFC 9110, 10.2.3). */
public final class RetryAfter {
    private static final int MAX_DIGITS = 10;
    private static final int YEARS_AHEAD = 50;

    private RetryAfter() {}

    /** Whole seconds, rounded up: the only form that every EST client reads. */
    public static String format(Duration wait) {
        return Long.toString(Math.max(0, wait.plusNanos(999_999_999).toSeconds()));
    }

    /**
     * @param now what a date in the header is relative to
     * @return how long to wait, never negative; empty for an absent header and for one that says nothing legible
     */
    public static Optional<Duration> parse(@Nullable String header, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String value = header.strip();
        if (value.matches("[0-9]{1," + MAX_DIGITS + "}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return date(value, now)
                .map(date -> Duration.between(now, date))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Instant> date(String value, Instant now) {
        return forms(now).stream().flatMap(form -> date(value, form).stream()).findFirst();
    }

    private static Optional<Instant> date(String value, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** RFC 9110, 5.6.7: a recipient reads all three; a two-digit year is at most 50 years ahead. */
    private static List<DateTimeFormatter> forms(Instant now) {
        int latest = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD;
        return List.of(
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US),
                new DateTimeFormatterBuilder()
                        .appendPattern("EEEE, dd-MMM-")
                        .appendValueReduced(ChronoField.YEAR, 2, 2, latest - 99)
                        .appendPattern(" HH:mm:ss 'GMT'")
                        .toFormatter(Locale.US),
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));
    }
}
