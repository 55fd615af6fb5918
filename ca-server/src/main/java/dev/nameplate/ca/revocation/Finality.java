package dev.nameplate.ca.revocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a hold becomes a revocation for good, and for which reason. */
public record Finality(Instant at, RevocationReason reason) {
    public Finality {
        if (reason == RevocationReason.CERTIFICATE_HOLD) {
            throw new IllegalArgumentException("a hold cannot become final for the reason " + reason);
        }
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
