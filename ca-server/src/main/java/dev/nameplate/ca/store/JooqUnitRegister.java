package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.BUNDLE_UNIT;
import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;
import static dev.nameplate.schema.generated.Tables.KEY_OWNER;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
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
import dev.nameplate.ca.factory.UnitRegister;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
        return database.writer()
                .write(writing -> FactoryFinding.facts(batch, unit, writing.sql())
                        .map(facts -> apply(order, facts, writing))
                        .orElseGet(() ->
                                new UnitChange.Refused(new Refusal.NotFound("batch " + batch), Optional.empty())));
    }

    @Override
    public Recording issue(UnitIssue issue, DeviceId unit, FreshCertificate fresh) {
        return database.writer().write(writing -> issue(issue, unit, fresh, writing));
    }

    @Override
    public List<Harvest.Result> harvest(Harvest harvest, BatchName batch, List<Harvest.Reading> readings) {
        return database.writer().write(writing -> {
            List<Harvest.Result> results = new ArrayList<>();
            for (Harvest.Reading reading : readings) {
                FactoryFinding.facts(batch, reading.unit(), writing.sql())
                        .map(facts -> harvest(harvest, facts, reading, writing))
                        .ifPresent(results::add);
            }
            return results;
        });
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
            var changes = new UnitChanges(writing, cause, now);
            for (UnitFacts facts : rest) {
                Unit unit = facts.unit().orElseThrow();
                UnitChange.Changed end = unit.atTheEndOfItsBatch(now);
                changes.write(facts, end, Optional.empty());
                writing.append(UnitOrder.event(end.now(), now, cause));
            }
            return rest.size();
        });
    }

    private static UnitChange apply(UnitOrder order, UnitFacts facts, Writing writing) {
        UnitChange change = order.on(facts);
        if (change instanceof UnitChange.Changed changed) {
            var changes = new UnitChanges(writing, order.cause(), order.at());
            changes.registerDevice(facts, order.attributes());
            changes.write(facts, changed, Optional.empty());
            writing.append(order.event(changed.now()));
        }
        if (change instanceof UnitChange.Refused refused) {
            refused.alarm().ifPresent(writing::append);
        }
        return change;
    }

    private static Harvest.Result harvest(Harvest harvest, UnitFacts facts, Harvest.Reading reading, Writing writing) {
        UnitChange change = harvest.on(facts, reading, Keyholders.ownerOf(reading.key(), writing.sql()));
        if (change instanceof UnitChange.Changed changed) {
            var changes = new UnitChanges(writing, harvest.cause(), harvest.at());
            changes.registerDevice(facts, reading.attributes());
            Batches.insert(
                    writing.sql(),
                    KEY_OWNER,
                    List.of(Keyholders.row(reading.key(), Holder.of(reading.unit()), harvest.at())));
            changes.write(facts, changed, Optional.empty());
            writing.append(UnitOrder.event(changed.now(), harvest.at(), harvest.cause()));
        }
        return new Harvest.Result(
                reading.unit(),
                change instanceof UnitChange.Refused refused ? Optional.of(refused.refusal()) : Optional.empty());
    }

    private static Recording issue(UnitIssue issue, DeviceId unit, FreshCertificate fresh, Writing writing) {
        Optional<IssuedCertificate> before = recordedBefore(fresh.certificate(), writing.sql());
        if (before.isPresent()) {
            return new Recording.AnsweredBefore(before.get());
        }
        Credential.Unit credential = (Credential.Unit) fresh.certificate().credential();
        UnitFacts facts = FactoryFinding.facts(credential.batch(), unit, writing.sql())
                .orElseThrow(() -> new IllegalStateException("a batch that issues is there: " + credential.batch()));
        if (fresh.wrapped()
                .flatMap(KeyPackage::kek)
                .filter(kek -> JooqKekBook.isDestroyed(credential.batch(), kek, writing.sql()))
                .isPresent()) {
            return new Recording.Objected(new Refusal.NotPossibleNow(
                    "batch " + credential.batch(), "its key-encryption key was replaced meanwhile; ask again"));
        }
        return switch (issue.on(facts, fresh.unit())) {
            case UnitChange.Changed changed -> record(issue, facts, changed, fresh, writing);
            case UnitChange.Unchanged(var same) ->
                throw new IllegalStateException("a fresh certificate changes its unit: " + same.id());
            case UnitChange.Refused(var refusal, var alarm) -> {
                alarm.ifPresent(writing::append);
                yield new Recording.Objected(refusal);
            }
        };
    }

    private static Recording record(
            UnitIssue issue, UnitFacts facts, UnitChange.Changed changed, FreshCertificate fresh, Writing writing) {
        Recording recording = recorded(writing, taskFor(fresh));
        if (recording instanceof Recording.Recorded) {
            var changes = new UnitChanges(writing, issue.cause(), issue.at());
            changes.registerDevice(facts, issue.attributes());
            changes.write(facts, changed, fresh.wrapped());
        }
        return recording;
    }

    private static Recording recorded(Writing writing, Task.Recorded task) {
        Recordings.apply(writing, List.of(task)).forEach(Runnable::run);
        CompletableFuture<Recording> answer = task.answer();
        if (answer.isCompletedExceptionally() && answer.exceptionNow() instanceof RuntimeException reason) {
            throw reason;
        }
        return answer.join();
    }

    private static Task.Recorded taskFor(FreshCertificate fresh) {
        return Task.Recorded.of(fresh.certificate(), fresh.event());
    }

    private static Optional<IssuedCertificate> recordedBefore(NewCertificate certificate, DSLContext sql) {
        return Certificates.select(sql)
                .where(CERTIFICATE.REQUEST.eq(certificate.request().value().octets()))
                .orderBy(CERTIFICATE.ROUND.desc())
                .limit(1)
                .fetchOptional(Certificates::issued);
    }

    private static List<UnitFacts> unfinished(BatchName batch, int limit, DSLContext sql) {
        return sql
                .select(FACTORY_UNIT.ID)
                .from(FACTORY_UNIT)
                .where(FACTORY_UNIT.BATCH.eq(batch.value()))
                .and(FACTORY_UNIT.STATE.notIn(UnitState.CLOSED.name(), UnitState.SCRAPPED.name()))
                .orderBy(FACTORY_UNIT.ID)
                .limit(limit)
                .fetch()
                .stream()
                .map(row -> FactoryFinding.facts(batch, new DeviceId(row.value1()), sql)
                        .orElseThrow())
                .toList();
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
