package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.SERVICE_KEY;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.rotation.ServiceKey;
import dev.nameplate.ca.rotation.ServiceKeyBook;
import dev.nameplate.schema.generated.tables.records.ServiceKeyRecord;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Service keys, in SQL. */
public final class JooqServiceKeys implements ServiceKeyBook {
    private final Database database;

    public JooqServiceKeys(Database database) {
        this.database = database;
    }

    @Override
    public List<ServiceKey> list() {
        return database.readDurable(sql -> sql.selectFrom(SERVICE_KEY)
                .orderBy(SERVICE_KEY.PURPOSE, SERVICE_KEY.NUMBER)
                .fetch(JooqServiceKeys::key));
    }

    @Override
    public boolean succeed(ServiceKey active, AuditEvent event) {
        return database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            if (sql.fetchExists(SERVICE_KEY, is(active))) {
                return false;
            }
            sql.update(SERVICE_KEY)
                    .set(SERVICE_KEY.STATE, ServiceKey.State.RETIRED.name())
                    .set(SERVICE_KEY.SINCE, Rows.asStored(active.since()))
                    .where(SERVICE_KEY.PURPOSE.eq(active.purpose()))
                    .and(SERVICE_KEY.STATE.eq(ServiceKey.State.ACTIVE.name()))
                    .execute();
            Batches.insert(sql, SERVICE_KEY, List.of(row(active)));
            writing.append(event);
            return true;
        });
    }

    @Override
    public boolean destroyed(ServiceKey key, AuditEvent event) {
        return ended(key, SERVICE_KEY.STATE.eq(ServiceKey.State.RETIRED.name()), event);
    }

    @Override
    public boolean ended(ServiceKey key, AuditEvent event) {
        return ended(key, SERVICE_KEY.STATE.ne(ServiceKey.State.DESTROYED.name()), event);
    }

    private boolean ended(ServiceKey key, Condition before, AuditEvent event) {
        return database.writer().write(writing -> {
            int changed = writing.sql()
                    .update(SERVICE_KEY)
                    .set(SERVICE_KEY.STATE, ServiceKey.State.DESTROYED.name())
                    .set(SERVICE_KEY.SINCE, Rows.asStored(key.since()))
                    .where(is(key))
                    .and(before)
                    .execute();
            if (changed == 1) {
                writing.append(event);
            }
            return changed == 1;
        });
    }

    private static Condition is(ServiceKey key) {
        return SERVICE_KEY.PURPOSE.eq(key.purpose()).and(SERVICE_KEY.NUMBER.eq(key.number()));
    }

    private static ServiceKey key(ServiceKeyRecord row) {
        return new ServiceKey(
                row.getPurpose(),
                row.getNumber(),
                row.getKeyUri(),
                ServiceKey.State.valueOf(row.getState()),
                row.getMadeAt(),
                row.getSince());
    }

    private static ServiceKeyRecord row(ServiceKey key) {
        return new ServiceKeyRecord(
                key.purpose(),
                key.number(),
                key.keyUri(),
                key.state().name(),
                Rows.asStored(key.madeAt()),
                Rows.asStored(key.since()));
    }
}
