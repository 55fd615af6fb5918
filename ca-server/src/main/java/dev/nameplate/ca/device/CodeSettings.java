package dev.nameplate.ca.device;

import java.time.Duration;

/**
 * One-time codes.
 *
 * @param defaultValidity how long a code is good when nobody says; at most {@code maxValidity}
 * @param maxLivePerDevice how many codes of one device may be open at once, 1 to 50
 */
public record CodeSettings(Duration defaultValidity, Duration maxValidity, int maxLivePerDevice) {
    private static final int MOST_LIVE = 50;

    public CodeSettings {
        if (!defaultValidity.isPositive() || defaultValidity.compareTo(maxValidity) > 0) {
            throw new IllegalArgumentException(
                    "codes.default-validity is not above zero and at most codes.max-validity (" + maxValidity + "): "
                            + defaultValidity);
        }
        if (maxLivePerDevice < 1 || maxLivePerDevice > MOST_LIVE) {
            throw new IllegalArgumentException(
                    "codes.max-live-per-device is not 1 to " + MOST_LIVE + ": " + maxLivePerDevice);
        }
    }

    /** A day; at most 30 days; eight at once. */
    public static CodeSettings defaults() {
        return new CodeSettings(Duration.ofDays(1), Duration.ofDays(30), 8);
    }
}
