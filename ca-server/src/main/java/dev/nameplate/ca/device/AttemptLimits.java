package dev.nameplate.ca.device;

import java.time.Duration;

/**
 * How often wrong codes may be tried. A spent allowance comes back evenly over its period.
 *
 * @param perDevice failures with one device id, known or not
 * @param perSource failures from one address (of IPv6: from one /64)
 * @param tracked how many device ids, and how many sources, are remembered at once
 */
public record AttemptLimits(Allowance perDevice, Allowance perSource, int tracked) {
    private static final int MIN_TRACKED = 1000;

    /** @param failures at least 1 */
    public record Allowance(int failures, Duration period) {
        public Allowance {
            if (failures < 1 || period.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "codes.attempts: an allowance is at least 1 failure in at least 1 second, not " + failures
                                + " in " + period);
            }
        }
    }

    public AttemptLimits {
        if (tracked < MIN_TRACKED) {
            throw new IllegalArgumentException("codes.attempts.tracked is below " + MIN_TRACKED + ": " + tracked);
        }
    }

    /** 10 a quarter of an hour for a device, 100 for a source, 100,000 of each remembered. */
    public static AttemptLimits defaults() {
        Duration quarter = Duration.ofMinutes(15);
        return new AttemptLimits(new Allowance(10, quarter), new Allowance(100, quarter), 100_000);
    }
}
