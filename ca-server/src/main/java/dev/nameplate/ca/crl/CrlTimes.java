package dev.nameplate.ca.crl;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When a CRL is from, in whole seconds.
 *
 * @param scheduled thisUpdate of the newest CRL that was published on schedule: this one, or one before. What expired by then is
 *     listed no more (RFC 5280, 3.3)
 */
public record CrlTimes(Instant thisUpdate, Instant nextUpdate, Instant scheduled) {
    /** The nextUpdate of a CRL after which there is none: no well-defined end (RFC 5280, 4.1.2.5). */
    public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    public CrlTimes {
        if (!thisUpdate.truncatedTo(ChronoUnit.SECONDS).equals(thisUpdate)
                || !nextUpdate.truncatedTo(ChronoUnit.SECONDS).equals(nextUpdate)) {
            throw new IllegalArgumentException("a CRL's times are whole seconds: " + thisUpdate + ", " + nextUpdate);
        }
        if (!nextUpdate.isAfter(thisUpdate)) {
            throw new IllegalArgumentException("nextUpdate " + nextUpdate + " is not after thisUpdate " + thisUpdate);
        }
    }

    /** Whether this CRL is the last of its scope. */
    public boolean last() {
        return nextUpdate.equals(NEVER);
    }
}
