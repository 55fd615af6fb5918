package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationReason;
import java.util.Optional;

/** What a step comes to. */
public sealed interface UnitChange {
    /**
     * It is so now.
     *
     * @param revokes what the certificate that the unit had before is revoked for, with the change
     * @param tally what this adds to the batch's numbers
     */
    record Changed(Unit now, Optional<RevocationReason> revokes, Tally tally) implements UnitChange {
        static Changed to(Unit now, Tally tally) {
            return new Changed(now, Optional.empty(), tally);
        }
    }

    /** It was so already: the same call again. */
    record Unchanged(Unit unit) implements UnitChange {}

    /** @param alarm recorded although nothing else changes */
    record Refused(Refusal refusal, Optional<AuditEvent> alarm) implements UnitChange {
        static Refused because(Refusal refusal) {
            return new Refused(refusal, Optional.empty());
        }
    }
}
