package dev.nameplate.ca.ocsp;

import java.time.Duration;

/**
 * How OCSP is answered. Messages name the key.
 *
 * @param lasts from thisUpdate to nextUpdate; at most a day, which is as long as changes are remembered for a process that
 *     lost touch
 * @param maxAge how long a cache on the way may hand an answer out (RFC 9919, 5)
 * @param kept how many answers are kept; one takes about 1.5 kB
 * @param livePerSecond signatures for those who want an answer of their own: nonces, several certificates at once, serials that
 *     were never issued
 */
public record OcspSettings(Duration lasts, Duration maxAge, int kept, int livePerSecond) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_KEPT = 10_000_000;
    private static final int MOST_LIVE = 1_000_000;

    public OcspSettings {
        if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("lasts is not " + SHORTEST + " to " + LONGEST + ": " + lasts);
        }
        if (maxAge.isNegative() || maxAge.compareTo(lasts.dividedBy(2)) > 0) {
            throw new IllegalArgumentException("max-age is not between nothing and half of lasts: " + maxAge);
        }
        require("kept-answers", kept, MOST_KEPT);
        require("live-per-second", livePerSecond, MOST_LIVE);
    }

    public static OcspSettings defaults() {
        return new OcspSettings(Duration.ofHours(12), Duration.ofMinutes(10), 20_000, 1_000);
    }

    private static void require(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(key + " is not 1 to " + most + ": " + value);
        }
    }
}
