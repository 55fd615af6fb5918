package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.renewal.PullStore;
import dev.nameplate.ca.testkit.MemoryAuditLog;
import dev.nameplate.ca.testkit.MemoryPulls;

/** The fake keeps the port's promises. */
final class PullMemoryTest implements PullContract {
    private final MemoryAuditLog audit = new MemoryAuditLog();
    private final MemoryPulls pulls = new MemoryPulls(audit);

    @Override
    public PullStore pulls() {
        return pulls;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }
}
