package dev.nameplate.ca.store;

import dev.nameplate.ca.approval.PendingRequests;
import dev.nameplate.ca.audit.AuditLog;

final class PendingRequestsIT extends OnBothDatabases implements PendingRequestsContract {
    @Override
    public PendingRequests pending() {
        return new JooqPendingRequests(database());
    }

    @Override
    public AuditLog audit() {
        return new JooqAuditLog(database());
    }
}
