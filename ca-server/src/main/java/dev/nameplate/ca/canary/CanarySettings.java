package dev.nameplate.ca.canary;

import dev.nameplate.ca.pki.ProfileName;
import java.time.Duration;

/**
 * @param interval from the end of one flight to the next
 * @param profile of the certificates that are issued to be revoked; they say where OCSP and CRL are
 * @param patience how long OCSP and CRL may take to say so, before a flight has failed
 * @param pause between two looks
 */
public record CanarySettings(Duration interval, ProfileName profile, Duration patience, Duration pause) {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);

    public CanarySettings {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new IllegalArgumentException(
                    "canary.interval is less than " + SHORTEST_INTERVAL + ": each flight is a certificate");
        }
    }
}
