package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.revocation.Finality;
import dev.nameplate.ca.revocation.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * How a certificate is to be held.
 *
 * @param finalAt when the hold becomes a revocation for good; never, if absent
 * @param finalReason for which reason then; unspecified, if absent
 */
record NewHold(Optional<Instant> finalAt, Optional<RevocationReason> finalReason) {
    NewHold {
        if (finalReason.filter(RevocationReason.CERTIFICATE_HOLD::equals).isPresent()) {
            throw MalformedCallException.field(
                    "finalReason", "finalReason: " + RevocationReason.CERTIFICATE_HOLD + " is not final");
        }
        if (finalAt.isEmpty() && finalReason.isPresent()) {
            throw MalformedCallException.field("finalReason", "finalReason: give finalAt as well");
        }
    }

    Optional<Finality> finality() {
        return finalAt.map(at -> new Finality(at, finalReason.orElse(RevocationReason.UNSPECIFIED)));
    }
}
