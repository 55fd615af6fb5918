package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** What all steps of a rotation have in common. */
final class Steps {
    private Steps() {}

    /** As it is stored. */
    static Instant now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static String word(IssuerRecord.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static AuditEvent event(IssuerRecord issuer, String action, Map<String, String> facts, Instant now, Cause cause) {
        return cause.event(now, action, "issuer:" + issuer.generation(), facts);
    }

    /** @param moved whether it was recorded */
    static RotationOutcome outcome(IssuerRecord issuer, boolean moved) {
        return moved
                ? new RotationOutcome.Done(issuer)
                : notNow("issuer " + issuer.generation(), "somebody else changed it just now; look at it again");
    }

    static RotationOutcome notNow(String what, String why) {
        return new RotationOutcome.Refused(new Refusal.NotPossibleNow(what, why));
    }
}
