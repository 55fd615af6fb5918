package dev.nameplate.ca.store;

import dev.nameplate.ca.approval.PendingRequests;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.testkit.MemoryAuditLog;
import dev.nameplate.ca.testkit.MemoryPendingRequests;

/** The fake keeps the port's promises. */
final class PendingRequestsTest implements PendingRequestsContract {
    private final MemoryAuditLog audit = new MemoryAuditLog();
    private final MemoryPendingRequests pending = new MemoryPendingRequests(audit);

    @Override
    public PendingRequests pending() {
        return pending;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }
}
