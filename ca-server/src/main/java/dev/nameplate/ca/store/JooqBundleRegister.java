package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.BUNDLE_ENTRY;
import static dev.nameplate.schema.generated.Tables.BUNDLE_UNIT;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.offline.Bundle;
import dev.nameplate.ca.factory.offline.BundleRegister;
import dev.nameplate.ca.factory.offline.DrawOrder;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.schema.generated.tables.records.BundleEntryRecord;
import dev.nameplate.schema.generated.tables.records.BundleUnitRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** What stations drew, in SQL. */
public final class JooqBundleRegister implements BundleRegister {
    private final Database database;

    public JooqBundleRegister(Database database) {
        this.database = database;
    }

    @Override
    public Draw draw(DrawOrder order) {
        return database.writer().write(writing -> {
            BatchName name = order.header().batch();
            Optional<Batch> batch = FactoryFinding.batch(name, writing.sql());
            Draw draw = order.answerFrom(BundleRows.find(order.header().bundle(), writing.sql()))
                    .or(() -> batch.isEmpty()
                            ? Optional.of(refused(new Refusal.NotFound("batch " + name)))
                            : order.objectionTo(batch.get()))
                    .orElseGet(() -> draw(order, batch.orElseThrow(), writing));
            if (draw instanceof Draw.Refused refused) {
                refused.alarm().ifPresent(writing::append);
            }
            return draw;
        });
    }

    @Override
    public Optional<Bundle> find(BundleName bundle) {
        return database.readDurable(sql -> BundleRows.find(bundle, sql));
    }

    @Override
    public List<Bundle> list(BatchName batch) {
        return database.readDurable(sql -> sql.selectFrom(BUNDLE)
                .where(BUNDLE.BATCH.eq(batch.value()))
                .orderBy(BUNDLE.NAME)
                .fetch(BundleRows::bundle));
    }

    @Override
    public List<DeviceId> units(BundleName bundle, int from, int limit) {
        return database.readDurable(sql -> sql.select(BUNDLE_UNIT.UNIT)
                .from(BUNDLE_UNIT)
                .where(BUNDLE_UNIT.BUNDLE.eq(bundle.value()))
                .and(BUNDLE_UNIT.PLACE.ge(from))
                .orderBy(BUNDLE_UNIT.PLACE)
                .limit(limit)
                .fetch(row -> new DeviceId(row.value1())));
    }

    @Override
    public List<Sha256> entries(BundleName bundle, int from, int limit) {
        return database.readDurable(sql -> entries(bundle, from, limit, sql));
    }

    @Override
    public boolean record(BundleName bundle, int from, List<Sha256> lines, AuditEvent event) {
        return database.writer().write(writing -> {
            List<Sha256> known = entries(bundle, from, lines.size(), writing.sql());
            int recorded =
                    BundleRows.find(bundle, writing.sql()).map(Bundle::entries).orElse(-1);
            if (recorded < from - 1 || !lines.subList(0, known.size()).equals(known)) {
                return false;
            }
            if (known.size() < lines.size()) {
                append(bundle, from + known.size(), lines.subList(known.size(), lines.size()), writing.sql());
                writing.append(event);
            }
            return true;
        });
    }

    @Override
    public void alarm(BundleName bundle, AuditEvent event) {
        database.writer().write(writing -> {
            writing.append(event);
            return writing.sql()
                    .update(BUNDLE)
                    .set(BUNDLE.ALARMED_AT, Rows.asStored(event.at()))
                    .where(BUNDLE.NAME.eq(bundle.value()))
                    .execute();
        });
    }

    @Override
    public void end(BundleName bundle, Instant at, Cause cause) {
        database.writer().write(writing -> {
            BundleRows.find(bundle, writing.sql())
                    .filter(found -> !found.over())
                    .ifPresent(found -> BundleRows.end(found, at, cause, writing));
            return bundle;
        });
    }

    @Override
    public List<Bundle> unsettled(Instant now, int limit) {
        return database.read(sql -> sql.selectFrom(BUNDLE)
                .where(BUNDLE.SETTLED_AT.isNull())
                .and(BUNDLE.EXPIRES_AT.le(now).or(BUNDLE.ENDED_AT.isNotNull()))
                .orderBy(BUNDLE.NAME)
                .limit(limit)
                .fetch(BundleRows::bundle));
    }

    @Override
    public void settled(BundleName bundle, Instant at, Cause cause) {
        database.writer().write(writing -> {
            int changed = writing.sql()
                    .update(BUNDLE)
                    .set(BUNDLE.SETTLED_AT, Rows.asStored(at))
                    .where(BUNDLE.NAME.eq(bundle.value()))
                    .and(BUNDLE.SETTLED_AT.isNull())
                    .execute();
            if (changed > 0) {
                writing.append(cause.event(at, "bundle.settled", "bundle:" + bundle, Map.of()));
            }
            return changed;
        });
    }

    private static Draw draw(DrawOrder order, Batch batch, Writing writing) {
        int wanted = order.header().units();
        List<DeviceId> units = new VacantUnits(batch, writing.sql()).take(wanted);
        if (units.size() < wanted) {
            return refused(new Refusal.NotPossibleNow(
                    "batch " + batch.name(), "only " + units.size() + " of its ids are not taken yet"));
        }
        Batches.insert(writing.sql(), BUNDLE, List.of(BundleRows.row(order.bundle())));
        List<BundleUnitRecord> rows = new ArrayList<>();
        units.forEach(unit -> rows.add(
                new BundleUnitRecord(unit.value(), order.header().bundle().value(), rows.size() + 1)));
        Batches.insert(writing.sql(), BUNDLE_UNIT, rows);
        writing.sql()
                .update(BATCH)
                .set(BATCH.USED, BATCH.USED.plus(wanted))
                .where(BATCH.NAME.eq(batch.name().value()))
                .execute();
        writing.append(order.event());
        return new Draw.Drawn(order.bundle());
    }

    private static void append(BundleName bundle, int from, List<Sha256> lines, DSLContext sql) {
        List<BundleEntryRecord> rows = new ArrayList<>();
        lines.forEach(hash -> rows.add(new BundleEntryRecord(bundle.value(), from + rows.size(), hash.octets())));
        Batches.insert(sql, BUNDLE_ENTRY, rows);
        sql.update(BUNDLE)
                .set(BUNDLE.ENTRIES, from + lines.size() - 1)
                .where(BUNDLE.NAME.eq(bundle.value()))
                .execute();
    }

    private static List<Sha256> entries(BundleName bundle, int from, int limit, DSLContext sql) {
        return sql.select(BUNDLE_ENTRY.HASH)
                .from(BUNDLE_ENTRY)
                .where(BUNDLE_ENTRY.BUNDLE.eq(bundle.value()))
                .and(BUNDLE_ENTRY.NUMBER.ge(from))
                .orderBy(BUNDLE_ENTRY.NUMBER)
                .limit(limit)
                .fetch(row -> Sha256.fromOctets(row.value1()));
    }

    private static Draw refused(Refusal refusal) {
        return new Draw.Refused(refusal, Optional.empty());
    }
}
