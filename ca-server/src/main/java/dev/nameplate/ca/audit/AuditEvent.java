package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.RequestId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that changed.
 *
 * @param action what happened, as in {@code certificate.issued}
 * @param subject what it happened to, as in {@code device:sensor-17}
 * @param request the request that caused it, if one did
 * @param facts short values by name, sorted; never a secret
 */
public record AuditEvent(
        Instant at,
        String action,
        Actor actor,
        String subject,
        Optional<RequestId> request,
        Map<String, String> facts) {
    public AuditEvent {
        if (!action.matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("an action is written room.what-happened: " + action);
        }
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }
}
