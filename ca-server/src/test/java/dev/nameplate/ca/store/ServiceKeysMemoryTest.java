package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.rotation.ServiceKeyBook;
import dev.nameplate.ca.testkit.MemoryAuditLog;
import dev.nameplate.ca.testkit.MemoryServiceKeys;

/** The fake keeps the port's promises. */
final class ServiceKeysMemoryTest implements ServiceKeyContract {
    private final MemoryAuditLog audit = new MemoryAuditLog();
    private final MemoryServiceKeys book = new MemoryServiceKeys(audit);

    @Override
    public ServiceKeyBook book() {
        return book;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }
}
