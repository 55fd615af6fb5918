package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.revocation.Finality;
import dev.nameplate.ca.revocation.Ground;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Wish;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of every certificate of a plan.
 *
 * @param reason of the revocation, now or when the hold becomes final
 * @param finalAt when a hold becomes final; present for holds alone
 */
public record Treatment(Kind kind, RevocationReason reason, Optional<Instant> finalAt) {
    public Treatment {
        if (reason == RevocationReason.CERTIFICATE_HOLD) {
            throw new IllegalArgumentException("give the reason for which they are revoked in the end, not " + reason);
        }
        if (finalAt.isPresent() != (kind == Kind.HOLD)) {
            throw new IllegalArgumentException(
                    "a date on which it becomes final belongs to a hold, and to nothing else");
        }
        finalAt = finalAt.map(at -> at.truncatedTo(ChronoUnit.SECONDS));
    }

    /** With a way back, without, or the way back. */
    public enum Kind {
        HOLD,
        REVOKE,
        RELEASE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Wish wish() {
        return switch (kind) {
            case HOLD -> new Wish.Hold(finalAt.map(at -> new Finality(at, reason)), Ground.ITSELF);
            case REVOKE -> new Wish.Revoke(reason, Optional.empty());
            case RELEASE -> new Wish.Release(Ground.ITSELF);
        };
    }

    /** Whether there is anything to do for a certificate that stands there. */
    public boolean concerns(Standing standing) {
        return switch (standing) {
            case Standing.Good() -> kind != Kind.RELEASE;
            case Standing.Held held -> kind != Kind.RELEASE || held.grounds().contains(Ground.ITSELF);
            case Standing.Revoked _ -> false;
        };
    }
}
