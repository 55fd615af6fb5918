package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.renewal.PullStore;

final class PullIT extends OnBothDatabases implements PullContract {
    @Override
    public PullStore pulls() {
        return new JooqPullStore(database());
    }

    @Override
    public AuditLog audit() {
        return new JooqAuditLog(database());
    }
}
