package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.enrollment.KeptKeys;
import dev.nameplate.ca.testkit.MemoryAuditLog;
import dev.nameplate.ca.testkit.MemoryKeptKeys;

/** The fake keeps the port's promises. */
final class KeptKeysTest implements KeptKeysContract {
    private final MemoryAuditLog audit = new MemoryAuditLog();
    private final MemoryKeptKeys kept = new MemoryKeptKeys(audit);

    @Override
    public KeptKeys kept() {
        return kept;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }
}
