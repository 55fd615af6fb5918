package dev.nameplate.ca.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * When a certificate is renewed, and what may change.
 *
 * @param window before its end, a certificate counts as due: the same request then gets a new one
 * @param grace how long after its end it still authenticates its own renewal
 * @param early whether it is renewed before it is due
 * @param names how its names may change
 */
public record Renewal(Duration window, Duration grace, Early early, NamesChange names) {
    /** What becomes of a wish to renew a certificate that is not due. */
    public enum Early {
        RENEWED,
        REFUSED;

        /** @throws IllegalArgumentException naming the accepted words */
        public static Early parse(String text) {
            return word(text, values(), "renewal.early");
        }
    }

    /** How the names of a certificate become others. */
    public enum NamesChange {
        /** With the registration: a renewal has the names the profile gives then. */
        REGISTERED,
        /** With the registration, and only where the request asks for just these with changeSubjectName. */
        REQUESTED;

        /** @throws IllegalArgumentException naming the accepted words */
        public static NamesChange parse(String text) {
            return word(text, values(), "renewal.names");
        }
    }

    public Renewal {
        if (window.isNegative()) {
            throw new IllegalArgumentException("renewal.window is negative: " + window);
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("renewal.grace is negative: " + grace);
        }
        if (early == Early.REFUSED && window.isZero()) {
            throw new IllegalArgumentException(
                    "renewal.early is refused, but renewal.window leaves no time to renew in");
        }
    }

    /** At any time, with whatever names the profile gives then. */
    public Renewal(Duration window, Duration grace) {
        this(window, grace, Early.RENEWED, NamesChange.REGISTERED);
    }

    public boolean due(Instant notAfter, Instant now) {
        return !now.isBefore(dueFrom(notAfter));
    }

    public Instant dueFrom(Instant notAfter) {
        return notAfter.minus(window);
    }

    private static <T extends Enum<T>> T word(String text, T[] values, String key) {
        for (T value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(key + " is not one of "
                + List.of(values).stream()
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
