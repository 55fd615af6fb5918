package dev.nameplate.ca.store;

import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.audit.AuditLog;

final class EvidenceIT extends OnBothDatabases implements EvidenceContract {
    @Override
    public EvidenceArchive evidence() {
        return new JooqEvidenceArchive(database());
    }

    @Override
    public AuditLog audit() {
        return new JooqAuditLog(database());
    }
}
