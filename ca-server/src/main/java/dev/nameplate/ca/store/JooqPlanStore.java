package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.REVOCATION_PLAN;
import static dev.nameplate.schema.generated.Tables.REVOCATION_PLAN_ITEM;
import static dev.nameplate.schema.generated.Tables.REVOCATION_PLAN_LISTED;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.PlanStore;
import dev.nameplate.ca.revocation.bulk.Target;
import dev.nameplate.schema.generated.tables.records.RevocationPlanItemRecord;
import dev.nameplate.schema.generated.tables.records.RevocationPlanListedRecord;
import dev.nameplate.schema.generated.tables.records.RevocationPlanRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Plans, in SQL. */
public final class JooqPlanStore implements PlanStore {
    private static final List<Plan.State> NEVER_APPLIED =
            List.of(Plan.State.DRAFT, Plan.State.PLANNED, Plan.State.FAILED, Plan.State.REJECTED);

    private final Database database;

    public JooqPlanStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Plan draft) {
        database.writer().write(writing -> {
            Batches.insert(writing.sql(), REVOCATION_PLAN, List.of(PlanRows.row(draft)));
            return draft;
        });
    }

    @Override
    public Optional<Long> list(PlanId id, List<DeviceId> devices, List<SerialNumber> serials) {
        List<RevocationPlanListedRecord> rows = new ArrayList<>();
        devices.forEach(device -> rows.add(new RevocationPlanListedRecord(id.value(), device.value(), null)));
        serials.forEach(
                serial -> rows.add(new RevocationPlanListedRecord(id.value(), null, Certificates.octets(serial))));
        return database.writer().write(writing -> {
            if (!is(id, Plan.State.DRAFT, writing.sql())) {
                return Optional.empty();
            }
            Batches.insert(writing.sql(), REVOCATION_PLAN_LISTED, rows);
            return Optional.of((long)
                    writing.sql().fetchCount(REVOCATION_PLAN_LISTED, REVOCATION_PLAN_LISTED.PLAN.eq(id.value())));
        });
    }

    @Override
    public Optional<Plan> find(PlanId id) {
        return database.readDurable(sql -> find(id, sql));
    }

    @Override
    public List<Plan> newest(int limit) {
        return database.readDurable(sql -> sql.selectFrom(REVOCATION_PLAN)
                .orderBy(REVOCATION_PLAN.PLANNED_AT.desc(), REVOCATION_PLAN.ID)
                .limit(limit)
                .fetch(PlanRows::plan));
    }

    @Override
    public List<Plan> in(Plan.State state, int limit) {
        return database.readDurable(sql -> sql.selectFrom(REVOCATION_PLAN)
                .where(REVOCATION_PLAN.STATE.eq(state.name()))
                .orderBy(REVOCATION_PLAN.PLANNED_AT, REVOCATION_PLAN.ID)
                .limit(limit)
                .fetch(PlanRows::plan));
    }

    @Override
    public boolean move(PlanId id, Move move, AuditEvent event) {
        var change = new RevocationPlanRecord();
        change.setState(move.to().name());
        if (move.from() == Plan.State.PLANNED) {
            change.setAppliedBy(move.word().by().value());
            change.setAppliedAt(Rows.asStored(move.word().at()));
        }
        if (move.from() == Plan.State.AWAITING) {
            change.setDecidedBy(move.word().by().value());
            change.setDecidedAt(Rows.asStored(move.word().at()));
        }
        return change(id, move.from(), change, Optional.of(event));
    }

    @Override
    public void select(Plan plan, Consumer<Target> each) {
        database.readInOneTransaction(sql -> {
            new PlanQuery(plan).inOrder(sql, each);
            return plan;
        });
    }

    @Override
    public void survey(Plan plan, Consumer<Target> each) {
        database.readInOneTransaction(sql -> {
            new PlanQuery(plan).inAnyOrder(sql, each);
            return plan;
        });
    }

    @Override
    public List<String> unknown(PlanId id, int limit) {
        Condition device = REVOCATION_PLAN_LISTED
                .DEVICE
                .isNotNull()
                .andNotExists(DSL.selectOne().from(DEVICE).where(DEVICE.ID.eq(REVOCATION_PLAN_LISTED.DEVICE)));
        Condition serial = REVOCATION_PLAN_LISTED
                .SERIAL
                .isNotNull()
                .andNotExists(DSL.selectOne()
                        .from(CERTIFICATE)
                        .where(CERTIFICATE.SERIAL.eq(REVOCATION_PLAN_LISTED.SERIAL))
                        .and(CERTIFICATE.HOLDER_KIND.eq(Holder.Kind.DEVICE.name())));
        return database.read(sql -> sql.selectFrom(REVOCATION_PLAN_LISTED)
                .where(REVOCATION_PLAN_LISTED.PLAN.eq(id.value()))
                .and(device.or(serial))
                .limit(limit)
                .fetch(JooqPlanStore::words));
    }

    @Override
    public void forgetItems(PlanId id) {
        database.writer()
                .write(writing -> writing.sql()
                        .deleteFrom(REVOCATION_PLAN_ITEM)
                        .where(REVOCATION_PLAN_ITEM.PLAN.eq(id.value()))
                        .execute());
    }

    @Override
    public void addItems(PlanId id, int from, List<Target> targets) {
        List<RevocationPlanItemRecord> rows = new ArrayList<>(targets.size());
        for (Target target : targets) {
            rows.add(new RevocationPlanItemRecord(
                    id.value(),
                    from + rows.size() + 1,
                    target.issuer().issuer().value(),
                    target.issuer().number(),
                    Certificates.octets(target.serial()),
                    target.device().value()));
        }
        database.writer().write(writing -> {
            Batches.insert(writing.sql(), REVOCATION_PLAN_ITEM, rows);
            return rows.size();
        });
    }

    @Override
    public List<Target> items(PlanId id, int after, int limit) {
        return database.readDurable(sql -> PlanPieces.items(sql, id, after, limit).stream()
                .map(PlanPieces.Item::target)
                .toList());
    }

    @Override
    public int devices(PlanId id) {
        return database.read(sql -> sql.select(DSL.countDistinct(REVOCATION_PLAN_ITEM.DEVICE))
                .from(REVOCATION_PLAN_ITEM)
                .where(REVOCATION_PLAN_ITEM.PLAN.eq(id.value()))
                .fetchSingle()
                .value1());
    }

    @Override
    public void planned(PlanId id, Plan.Found found, AuditEvent event) {
        var change = new RevocationPlanRecord();
        change.setState(Plan.State.PLANNED.name());
        change.setWorld(found.world().digest().octets());
        change.setDigest(found.digest().octets());
        change.setCertificates(found.world().certificates());
        change.setDevices(found.world().devices());
        change.setCrlBytes(found.world().crlBytes());
        change.setIssuers(PlanRows.issuers(found.world()));
        change(id, Plan.State.SELECTING, change, Optional.of(event));
    }

    @Override
    public void failed(PlanId id, String problem) {
        var change = new RevocationPlanRecord();
        change.setState(Plan.State.FAILED.name());
        change.setProblem(problem.substring(0, Math.min(problem.length(), 1000)));
        change(id, Plan.State.SELECTING, change, Optional.empty());
    }

    @Override
    public Plan advance(PlanId id, int size, Instant now) {
        return database.writer().write(writing -> {
            Plan plan = find(id, writing.sql()).orElseThrow();
            return plan.state() == Plan.State.RUNNING ? PlanPieces.advance(plan, size, now, writing) : plan;
        });
    }

    @Override
    public void prune(Instant olderThan) {
        Instant limit = Rows.asStored(olderThan);
        var old = DSL.select(REVOCATION_PLAN.ID)
                .from(REVOCATION_PLAN)
                .where(REVOCATION_PLAN.PLANNED_AT.lt(limit))
                .and(REVOCATION_PLAN
                        .STATE
                        .in(NEVER_APPLIED.stream().map(Enum::name).toList())
                        .or(REVOCATION_PLAN.ENDED_AT.lt(limit)));
        database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            sql.deleteFrom(REVOCATION_PLAN_LISTED)
                    .where(REVOCATION_PLAN_LISTED.PLAN.in(old))
                    .execute();
            sql.deleteFrom(REVOCATION_PLAN_ITEM)
                    .where(REVOCATION_PLAN_ITEM.PLAN.in(old))
                    .execute();
            return sql.deleteFrom(REVOCATION_PLAN)
                    .where(REVOCATION_PLAN.PLANNED_AT.lt(limit))
                    .and(REVOCATION_PLAN.STATE.in(
                            NEVER_APPLIED.stream().map(Enum::name).toList()))
                    .execute();
        });
    }

    private boolean change(PlanId id, Plan.State from, RevocationPlanRecord change, Optional<AuditEvent> event) {
        return database.writer().write(writing -> {
            int changed = writing.sql()
                    .update(REVOCATION_PLAN)
                    .set(change)
                    .where(REVOCATION_PLAN.ID.eq(id.value()))
                    .and(REVOCATION_PLAN.STATE.eq(from.name()))
                    .execute();
            if (changed == 1) {
                event.ifPresent(writing::append);
            }
            return changed == 1;
        });
    }

    private static Optional<Plan> find(PlanId id, DSLContext sql) {
        return sql.selectFrom(REVOCATION_PLAN)
                .where(REVOCATION_PLAN.ID.eq(id.value()))
                .fetchOptional(PlanRows::plan);
    }

    private static boolean is(PlanId id, Plan.State state, DSLContext sql) {
        return sql.fetchExists(
                REVOCATION_PLAN, REVOCATION_PLAN.ID.eq(id.value()).and(REVOCATION_PLAN.STATE.eq(state.name())));
    }

    private static String words(RevocationPlanListedRecord row) {
        byte[] serial = row.getSerial();
        return serial == null ? "device " + row.getDevice() : "certificate " + Certificates.serial(serial);
    }
}
