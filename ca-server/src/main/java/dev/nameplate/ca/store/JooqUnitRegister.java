package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.BUNDLE_UNIT;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.FreshCertificate;
import dev.nameplate.ca.factory.Harvest;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.factory.UnitIssue;
import dev.nameplate.ca.factory.UnitOrder;
import dev.nameplate.ca.factory.UnitQuery;
import dev.nameplate.ca.factory.UnitRecording;
import dev.nameplate.ca.factory.UnitRegister;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The units of batches, in SQL. */
public final class JooqUnitRegister implements UnitRegister {
    private static final List<String> UNCONFIRMED =
            List.of(UnitState.ISSUED.name(), UnitState.DELIVERED.name(), UnitState.WRITTEN.name());

    private final Database database;

    public JooqUnitRegister(Database database) {
        this.database = database;
    }

    @Override
    public Optional<UnitFacts> find(BatchName batch, DeviceId unit) {
        return database.readDurable(sql -> FactoryFinding.facts(batch, unit, sql));
    }

    @Override
    public UnitChange apply(UnitOrder order, BatchName batch, DeviceId unit) {
        return database.writer().step(order, batch, unit);
    }

    @Override
    public UnitRecording issue(UnitIssue issue, DeviceId unit, FreshCertificate fresh) {
        return database.writer().certify(issue, unit, fresh);
    }

    @Override
    public List<Harvest.Result> harvest(Harvest harvest, BatchName batch, List<Harvest.Reading> readings) {
        return database.writer().write(writing -> new HarvestWriting(harvest, batch, writing).take(readings));
    }

    @Override
    public Optional<KeyPackage> wrappedKey(DeviceId unit) {
        return database.readDurable(sql -> sql.select(FACTORY_UNIT.PACKAGE)
                .from(FACTORY_UNIT)
                .where(FACTORY_UNIT.ID.eq(unit.value()))
                .and(FACTORY_UNIT.PACKAGE.isNotNull())
                .fetchOptional(row -> new KeyPackage(row.value1())));
    }

    @Override
    public void tell(AuditEvent alarm) {
        database.writer().write(writing -> {
            writing.append(alarm);
            return alarm;
        });
    }

    @Override
    public List<Unit> list(UnitQuery query) {
        Condition which = FACTORY_UNIT
                .BATCH
                .eq(query.batch().value())
                .and(FACTORY_UNIT.ID.gt(query.after().map(DeviceId::value).orElse("")))
                .and(query.state()
                        .map(state -> FACTORY_UNIT.STATE.eq(state.name()))
                        .orElse(DSL.noCondition()))
                .and(query.overdueAt().map(JooqUnitRegister::overdue).orElse(DSL.noCondition()));
        return database.readDurable(sql -> sql.select(FACTORY_UNIT.fields())
                .from(FACTORY_UNIT)
                .join(BATCH)
                .on(BATCH.NAME.eq(FACTORY_UNIT.BATCH))
                .where(which)
                .orderBy(FACTORY_UNIT.ID)
                .limit(query.limit())
                .fetch(row -> FactoryRows.unit(row.into(FACTORY_UNIT))));
    }

    @Override
    public List<Unit> overdue(Instant now, int limit) {
        return database.read(sql -> sql.select(FACTORY_UNIT.fields())
                .from(FACTORY_UNIT)
                .join(BATCH)
                .on(BATCH.NAME.eq(FACTORY_UNIT.BATCH))
                .where(overdue(now))
                .and(BATCH.UNVERIFIED.eq(Patience.Unverified.REVOKED.name()))
                .and(BATCH.STATE.in("OPEN", "PAUSED"))
                .and(FACTORY_UNIT.ID.notIn(sql.select(BUNDLE_UNIT.UNIT)
                        .from(BUNDLE_UNIT)
                        .join(BUNDLE)
                        .on(BUNDLE.NAME.eq(BUNDLE_UNIT.BUNDLE))
                        .where(BUNDLE.ENDED_AT.isNull())))
                .limit(limit)
                .fetch(row -> FactoryRows.unit(row.into(FACTORY_UNIT))));
    }

    @Override
    public int finish(BatchName batch, Instant now, int limit, Cause cause) {
        return database.writer().write(writing -> {
            List<UnitFacts> rest = unfinished(batch, limit, writing.sql());
            var changes = new UnitChanges(writing);
            for (UnitFacts facts : rest) {
                Unit unit = facts.unit().orElseThrow();
                UnitChange.Changed end = unit.atTheEndOfItsBatch(now);
                changes.take(facts, end, Optional.empty(), new UnitChanges.Origin(cause, now));
                writing.append(UnitOrder.event(end.now(), now, cause));
            }
            changes.write();
            return rest.size();
        });
    }

    private static List<UnitFacts> unfinished(BatchName batch, int limit, DSLContext sql) {
        List<DeviceId> ids = sql.select(FACTORY_UNIT.ID)
                .from(FACTORY_UNIT)
                .where(FACTORY_UNIT.BATCH.eq(batch.value()))
                .and(FACTORY_UNIT.STATE.notIn(UnitState.CLOSED.name(), UnitState.SCRAPPED.name()))
                .orderBy(FACTORY_UNIT.ID)
                .limit(limit)
                .fetch(row -> new DeviceId(row.value1()));
        FoundUnits found = FoundUnits.read(Set.of(batch), ids, sql);
        return ids.stream().map(id -> found.about(batch, id).orElseThrow()).toList();
    }

    private static Condition overdue(Instant now) {
        Field<Long> age = DSL.field(
                "extract(epoch from {0}) - extract(epoch from {1})", Long.class, DSL.val(now), FACTORY_UNIT.ISSUED_AT);
        return FACTORY_UNIT
                .STATE
                .in(UNCONFIRMED)
                .and(BATCH.VERIFY_SECONDS.isNotNull())
                .and(age.gt(BATCH.VERIFY_SECONDS));
    }
}
