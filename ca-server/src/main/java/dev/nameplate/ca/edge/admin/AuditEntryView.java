package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An entry of the trail as the API shows it. Its hash is over the canonical form, which only the export has. */
record AuditEntryView(
        Long number,
        Instant at,
        String action,
        String actor,
        String subject,
        Optional<RequestId> request,
        Map<String, String> facts,
        Sha256 hash) {
    static AuditEntryView of(AuditEntry entry) {
        var event = entry.event();
        return new AuditEntryView(
                entry.number(),
                event.at(),
                event.action(),
                event.actor().toString(),
                event.subject(),
                event.request(),
                event.facts(),
                entry.hash());
    }
}
