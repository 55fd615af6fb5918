package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.audit.AuditExport;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.audit.AuditVerifier;
import dev.nameplate.ca.operator.Role;
import java.util.List;

/** The audit trail: list, verify, export. */
final class AuditOperations {
    private static final String GROUP = "audit";

    private final AuditLog log;
    private final AuditVerifier verifier;
    private final AuditExport export;

    AuditOperations(AuditLog log, AuditVerifier verifier, AuditExport export) {
        this.log = log;
        this.verifier = verifier;
        this.export = export;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(GROUP, "/api/v1/audit/entries")
                        .called("listAuditEntries", "Lists entries in their order.")
                        .paged(Long.class)
                        .adminAnd(Role.AUDITOR)
                        .answers(Reply.json("Entries.", Page.class, AuditEntryView.class), this::list),
                Operation.get(GROUP, "/api/v1/audit/verification")
                        .called("verifyAudit", "Verifies every entry and every seal.")
                        .adminAnd(Role.AUDITOR)
                        .answers(Reply.json("What was found.", AuditVerdictView.class), this::verify),
                Operation.get(GROUP, "/api/v1/audit/export")
                        .called("exportAudit", "The whole trail, to be verified offline with nothing else.")
                        .adminAnd(Role.AUDITOR)
                        .answers(Reply.text("One JSON object per line.", "application/x-ndjson"), this::export));
    }

    private Result list(Call call) {
        PageLimit limit = call.limit();
        var found = log.entriesAfter(call.query("after", Long.class).orElse(0L), limit.value() + 1);
        return new Result.Done(Page.of(found, limit, entry -> entry.number(), AuditEntryView::of));
    }

    private Result verify(Call call) {
        return new Result.Done(AuditVerdictView.of(verifier.verify()));
    }

    private Result export(Call call) {
        return new Result.Written(export::writeTo);
    }
}
