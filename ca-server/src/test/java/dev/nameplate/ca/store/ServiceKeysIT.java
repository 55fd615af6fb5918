package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.rotation.ServiceKeyBook;

final class ServiceKeysIT extends OnBothDatabases implements ServiceKeyContract {
    @Override
    public ServiceKeyBook book() {
        return new JooqServiceKeys(database());
    }

    @Override
    public AuditLog audit() {
        return new JooqAuditLog(database());
    }
}
