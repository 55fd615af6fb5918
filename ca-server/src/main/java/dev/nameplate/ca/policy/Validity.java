package dev.nameplate.ca.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** From when to when a profile's certificates are valid. */
public sealed interface Validity {
    /** No well-defined end (RFC 5280, 4.1.2.5): 99991231235959Z. */
    Instant FOREVER =
            OffsetDateTime.of(9999, 12, 31, 23, 59, 59, 0, ZoneOffset.UTC).toInstant();

    /** What a device's clock may be behind without it taking a new certificate for one of the future. */
    Duration USUAL_BACKDATE = Duration.ofMinutes(5);

    Duration MAX_BACKDATE = Duration.ofDays(1);

    /** How long before now a certificate begins. */
    Duration backdate();

    /** When it ends, in whole seconds. */
    Instant notAfter(Instant now, RandomGenerator random);

    default Instant notBefore(Instant now) {
        return now.minus(backdate()).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Valid for a while from now on.
     *
     * @param jitter at most this much is taken off at random, so that a fleet does not renew at once
     */
    record Lasting(Duration duration, Duration backdate, Duration jitter) implements Validity {
        public Lasting {
            requireBackdate(backdate);
            if (duration.compareTo(Duration.ofMinutes(1)) < 0 || duration.compareTo(Duration.ofDays(36_500)) > 0) {
                throw new IllegalArgumentException(
                        "validity.lasts is not between a minute and 36500 days: " + duration);
            }
            if (jitter.isNegative() || jitter.compareTo(duration.dividedBy(2)) > 0) {
                throw new IllegalArgumentException(
                        "validity.jitter is not between nothing and half of the validity: " + jitter);
            }
        }

        @Override
        public Instant notAfter(Instant now, RandomGenerator random) {
            long off = jitter.isZero() ? 0 : random.nextLong(jitter.toSeconds() + 1);
            return now.plus(duration).minusSeconds(off).truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /** Valid until a fixed instant, which may be {@link #FOREVER}. */
    record Until(Instant notAfter, Duration backdate) implements Validity {
        public Until {
            requireBackdate(backdate);
            if (notAfter.isAfter(FOREVER)
                    || !notAfter.truncatedTo(ChronoUnit.SECONDS).equals(notAfter)) {
                throw new IllegalArgumentException(
                        "validity.lasts does not end at a whole second to 99991231235959Z: " + notAfter);
            }
        }

        @Override
        public Instant notAfter(Instant now, RandomGenerator random) {
            return notAfter;
        }
    }

    private static void requireBackdate(Duration backdate) {
        if (backdate.isNegative() || backdate.compareTo(MAX_BACKDATE) > 0) {
            throw new IllegalArgumentException("validity.backdate is not between nothing and a day: " + backdate);
        }
    }
}
