package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.enrollment.KeptKeys;

final class KeptKeysIT extends OnBothDatabases implements KeptKeysContract {
    @Override
    public KeptKeys kept() {
        return new JooqKeptKeys(database());
    }

    @Override
    public AuditLog audit() {
        return new JooqAuditLog(database());
    }
}
