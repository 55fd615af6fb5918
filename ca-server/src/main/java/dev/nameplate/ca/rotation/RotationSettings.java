package dev.nameplate.ca.rotation;

import java.time.Duration;

/**
 * How long the CA's own keys are used. Messages name the key in the settings.
 *
 * @param ocsp of the responders
 * @param audit of the key that seals the trail
 * @param messages of the key that signs messages to devices
 * @param kek of the key-encryption keys of open batches
 */
public record RotationSettings(Duration ocsp, Duration audit, Duration messages, Duration kek) {
    private static final Duration SHORTEST = Duration.ofDays(1);

    public RotationSettings {
        check("ocsp-key", ocsp);
        check("audit-key", audit);
        check("message-key", messages);
        check("key-encryption-key", kek);
    }

    public static RotationSettings defaults() {
        return new RotationSettings(
                Duration.ofDays(90), Duration.ofDays(365), Duration.ofDays(365), Duration.ofDays(365));
    }

    private static void check(String name, Duration period) {
        if (period.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("rotation." + name + " is less than a day: " + period);
        }
    }
}
