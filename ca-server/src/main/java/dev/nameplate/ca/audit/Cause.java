package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.RequestId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who wants a change, and the request it came in. */
public record Cause(Actor actor, Optional<RequestId> request) {
    /** The CA itself, of its own accord. */
    public static final Cause SYSTEM = new Cause(Actor.SYSTEM, Optional.empty());

    public static Cause of(Actor actor, RequestId request) {
        return new Cause(actor, Optional.of(request));
    }

    /** The event that tells of this change. */
    public AuditEvent event(Instant at, String action, String subject, Map<String, String> facts) {
        return new AuditEvent(at, action, actor, subject, request, facts);
    }
}
