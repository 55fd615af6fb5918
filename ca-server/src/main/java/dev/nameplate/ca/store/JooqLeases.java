package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.LEASE;

import dev.nameplate.ca.lease.Leases;
import dev.nameplate.schema.generated.tables.records.LeaseRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Leases by the clock of the database, which is the same for all. */
public final class JooqLeases implements Leases {
    private final Database database;

    public JooqLeases(Database database) {
        this.database = database;
    }

    /** A lease that runs out later than it could have been made to was made before the clock was set back. */
    @Override
    public boolean take(String name, String holder, Duration lasts) {
        return database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            Instant now = now(sql);
            Instant until = Rows.asStored(now.plus(lasts));
            Optional<LeaseRecord> held =
                    sql.selectFrom(LEASE).where(LEASE.NAME.eq(name)).fetchOptional();
            if (held.isEmpty()) {
                Batches.insert(sql, LEASE, List.of(new LeaseRecord(name, holder, until)));
                return true;
            }
            Instant end = held.get().getUntil();
            boolean another = !held.get().getHolder().equals(holder);
            if (another && end.isAfter(now) && !end.isAfter(until)) {
                return false;
            }
            return sql.update(LEASE)
                            .set(LEASE.HOLDER, holder)
                            .set(LEASE.UNTIL, until)
                            .where(LEASE.NAME.eq(name))
                            .execute()
                    == 1;
        });
    }

    @Override
    public void release(String name, String holder) {
        int released = database.writer()
                .write(writing -> writing.sql()
                        .deleteFrom(LEASE)
                        .where(LEASE.NAME.eq(name))
                        .and(LEASE.HOLDER.eq(holder))
                        .execute());
        assert released <= 1;
    }

    /** At the start of a process that has the database to itself: whoever holds a lease there is no more. */
    public void endThoseOfTheDead() {
        database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            return sql.dialect() == SQLDialect.POSTGRES
                    ? 0
                    : sql.deleteFrom(LEASE).execute();
        });
    }

    /** Not when the transaction began: it may have waited. */
    private static Instant now(DSLContext sql) {
        String clock = sql.dialect() == SQLDialect.POSTGRES ? "clock_timestamp()" : "current_timestamp(6)";
        Field<Instant> now = DSL.field(clock, LEASE.UNTIL.getDataType());
        return sql.select(now).fetchSingle().value1();
    }
}
