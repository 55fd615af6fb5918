package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BATCH_ALLOWED;
import static dev.nameplate.schema.generated.Tables.BATCH_STATION;
import static dev.nameplate.schema.generated.Tables.FACTORY_TALLY;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.BatchChange;
import dev.nameplate.ca.factory.BatchOrder;
import dev.nameplate.ca.factory.BatchRegister;
import dev.nameplate.ca.factory.Hour;
import dev.nameplate.ca.factory.Tally;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.schema.generated.tables.records.BatchAllowedRecord;
import dev.nameplate.schema.generated.tables.records.BatchStationRecord;
import dev.nameplate.schema.generated.tables.records.FactoryTallyRecord;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Batches, in SQL. */
public final class JooqBatchRegister implements BatchRegister {
    private final Database database;

    public JooqBatchRegister(Database database) {
        this.database = database;
    }

    @Override
    public boolean create(Batch batch, AuditEvent event) {
        return database.writer().write(writing -> {
            if (FactoryFinding.batch(batch.name(), writing.sql()).isPresent()) {
                return false;
            }
            Batches.insert(writing.sql(), BATCH, List.of(FactoryRows.row(batch)));
            insert(batch.name(), batch.stations(), writing.sql());
            writing.append(event);
            return true;
        });
    }

    @Override
    public int allow(BatchName batch, Set<DeviceId> units, AuditEvent event) {
        return database.writer().write(writing -> {
            Set<String> known = writing.sql()
                    .select(BATCH_ALLOWED.UNIT)
                    .from(BATCH_ALLOWED)
                    .where(BATCH_ALLOWED.BATCH.eq(batch.value()))
                    .and(BATCH_ALLOWED.UNIT.in(
                            units.stream().map(DeviceId::value).toList()))
                    .fetchSet(BATCH_ALLOWED.UNIT);
            List<BatchAllowedRecord> fresh = units.stream()
                    .map(DeviceId::value)
                    .filter(unit -> !known.contains(unit))
                    .map(unit -> new BatchAllowedRecord(batch.value(), unit))
                    .toList();
            Batches.insert(writing.sql(), BATCH_ALLOWED, fresh);
            writing.append(event);
            return fresh.size();
        });
    }

    @Override
    public Optional<Batch> find(BatchName batch) {
        return database.readDurable(sql -> FactoryFinding.batch(batch, sql));
    }

    @Override
    public List<Batch> list(Optional<BatchName> after, int limit) {
        return database.readDurable(sql -> FactoryFinding.batches(after, limit, sql));
    }

    @Override
    public BatchChange apply(BatchOrder order, BatchName name) {
        return change(name, (batch, writing) -> {
            Optional<Refusal> objection = order.objectionTo(batch);
            if (objection.isPresent()) {
                return new BatchChange.Refused(objection.get());
            }
            if (batch.state() != order.wanted()) {
                writing.sql()
                        .update(BATCH)
                        .set(BATCH.STATE, order.wanted().name())
                        .where(BATCH.NAME.eq(name.value()))
                        .execute();
                writing.append(order.event(batch));
                if (order.wanted() == Batch.State.CLOSING) {
                    BundleRows.endAll(name, order.at(), order.cause(), writing);
                }
            }
            return new BatchChange.Done(
                    FactoryFinding.batch(name, writing.sql()).orElseThrow());
        });
    }

    @Override
    public BatchChange bind(BatchName name, Set<OperatorName> stations, Instant at, Cause cause) {
        return change(name, (batch, writing) -> {
            if (!batch.stations().equals(stations)) {
                writing.sql()
                        .deleteFrom(BATCH_STATION)
                        .where(BATCH_STATION.BATCH.eq(name.value()))
                        .execute();
                insert(name, stations, writing.sql());
                writing.append(cause.event(at, "batch.bound", "batch:" + name, Map.of("stations", words(stations))));
            }
            return new BatchChange.Done(
                    FactoryFinding.batch(name, writing.sql()).orElseThrow());
        });
    }

    @Override
    public byte[] close(BatchName name, byte[] record, Instant at, Cause cause) {
        return database.writer().write(writing -> {
            Optional<byte[]> before = closingRecord(name, writing.sql());
            if (before.isPresent()) {
                return before.get();
            }
            writing.sql()
                    .update(BATCH)
                    .set(BATCH.STATE, Batch.State.CLOSED.name())
                    .set(BATCH.CLOSED_AT, Rows.asStored(at))
                    .set(BATCH.CLOSING_RECORD, record)
                    .where(BATCH.NAME.eq(name.value()))
                    .execute();
            writing.append(cause.event(
                    at,
                    "batch.closed",
                    "batch:" + name,
                    Map.of("record", Sha256.of(record).toString())));
            return record;
        });
    }

    @Override
    public Optional<byte[]> closingRecord(BatchName name) {
        return database.readDurable(sql -> closingRecord(name, sql));
    }

    @Override
    public Map<UnitState, Integer> count(BatchName batch) {
        Map<UnitState, Integer> counts = new EnumMap<>(UnitState.class);
        database.readDurable(sql -> sql.select(FACTORY_UNIT.STATE, DSL.count())
                        .from(FACTORY_UNIT)
                        .where(FACTORY_UNIT.BATCH.eq(batch.value()))
                        .groupBy(FACTORY_UNIT.STATE)
                        .fetch())
                .forEach(row -> counts.put(UnitState.valueOf(row.value1()), row.value2()));
        return counts;
    }

    @Override
    public List<Hour> hours(BatchName batch) {
        return database.readDurable(sql -> sql.selectFrom(FACTORY_TALLY)
                .where(FACTORY_TALLY.BATCH.eq(batch.value()))
                .orderBy(FACTORY_TALLY.FROM_AT, FACTORY_TALLY.STATION)
                .fetch(JooqBatchRegister::hour));
    }

    private interface BatchWork {
        BatchChange on(Batch batch, Writing writing);
    }

    private BatchChange change(BatchName name, BatchWork work) {
        return database.writer()
                .write(writing -> FactoryFinding.batch(name, writing.sql())
                        .map(batch -> work.on(batch, writing))
                        .orElseGet(() -> new BatchChange.Refused(new Refusal.NotFound("batch " + name))));
    }

    private static Optional<byte[]> closingRecord(BatchName name, DSLContext sql) {
        return sql.select(BATCH.CLOSING_RECORD)
                .from(BATCH)
                .where(BATCH.NAME.eq(name.value()))
                .and(BATCH.CLOSING_RECORD.isNotNull())
                .fetchOptional(BATCH.CLOSING_RECORD);
    }

    private static void insert(BatchName batch, Set<OperatorName> stations, DSLContext sql) {
        Batches.insert(
                sql,
                BATCH_STATION,
                stations.stream()
                        .map(station -> new BatchStationRecord(batch.value(), station.value()))
                        .toList());
    }

    private static Hour hour(FactoryTallyRecord row) {
        return new Hour(
                new OperatorName(row.getStation()),
                row.getFromAt(),
                new Tally(row.getIssued(), row.getRetried(), row.getVerified(), row.getScrapped(), row.getReworked()));
    }

    private static String words(Set<OperatorName> stations) {
        return stations.stream().map(OperatorName::value).sorted().collect(Collectors.joining(" "));
    }
}
