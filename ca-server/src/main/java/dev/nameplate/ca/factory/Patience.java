package dev.nameplate.ca.factory;

import java.time.Duration;
import java.util.Optional;

/**
 * How much may go wrong with one unit.
 *
 * @param retries how many more keys a unit may bring before it is scrapped or reworked
 * @param verifyWithin how long after its certificate a unit may take to prove that it has the key; for ever, if absent
 * @param unverified what happens to the certificate when that is over
 */
public record Patience(int retries, Optional<Duration> verifyWithin, Unverified unverified) {
    private static final int MOST_RETRIES = 100;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** What happens to a certificate whose unit did not prove in time that it has the key. */
    public enum Unverified {
        LISTED,
        REVOKED
    }

    public Patience {
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new IllegalArgumentException("retries is not 0 to " + MOST_RETRIES + ": " + retries);
        }
        if (verifyWithin.filter(time -> time.compareTo(SHORTEST) < 0).isPresent()) {
            throw new IllegalArgumentException("verifyWithin is less than a second: " + verifyWithin.get());
        }
        if (verifyWithin.isEmpty() && unverified == Unverified.REVOKED) {
            throw new IllegalArgumentException("unverified units are revoked after a time, but verifyWithin is absent");
        }
    }
}
