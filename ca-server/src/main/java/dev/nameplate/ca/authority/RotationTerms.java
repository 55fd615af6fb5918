package dev.nameplate.ca.authority;

import java.time.Duration;

/**
 * When a step of a rotation may follow on the one before. Messages name the key under {@code rollover}.
 *
 * @param fetchedPercent how many of a hundred devices have to have fetched the new chain before it signs
 * @param settle how long every process of this CA has to take a step over before the next one follows
 */
public record RotationTerms(int fetchedPercent, Duration settle) {
    private static final int ALL = 100;
    private static final RotationTerms USUAL = new RotationTerms(95, Duration.ofSeconds(5));

    public RotationTerms {
        if (fetchedPercent < 0 || fetchedPercent > ALL) {
            throw new IllegalArgumentException("fetched-percent is not 0 to 100: " + fetchedPercent);
        }
        if (settle.isNegative() || settle.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("settle is not between nothing and an hour: " + settle);
        }
    }

    /** 95 of a hundred; five seconds. */
    public static RotationTerms usual() {
        return USUAL;
    }
}
