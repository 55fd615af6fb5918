package dev.nameplate.ca.store;

import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.testkit.MemoryAuditLog;
import dev.nameplate.ca.testkit.MemoryEvidence;

/** The fake keeps the port's promises. */
final class EvidenceTest implements EvidenceContract {
    private final MemoryAuditLog audit = new MemoryAuditLog();
    private final MemoryEvidence evidence = new MemoryEvidence(audit);

    @Override
    public EvidenceArchive evidence() {
        return evidence;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }
}
