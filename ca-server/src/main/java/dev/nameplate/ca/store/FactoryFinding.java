package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BATCH_ALLOWED;
import static dev.nameplate.schema.generated.Tables.BATCH_STATION;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.BUNDLE_UNIT;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Slice;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Finds batches and units, in whatever transaction. */
final class FactoryFinding {
    private FactoryFinding() {}

    static Optional<Batch> batch(BatchName name, DSLContext sql) {
        return sql.selectFrom(BATCH)
                .where(BATCH.NAME.eq(name.value()))
                .fetchOptional(row -> FactoryRows.batch(row, stations(name, sql)));
    }

    static List<Batch> batches(Optional<BatchName> after, int limit, DSLContext sql) {
        return sql
                .selectFrom(BATCH)
                .where(BATCH.NAME.gt(after.map(BatchName::value).orElse("")))
                .orderBy(BATCH.NAME)
                .limit(limit)
                .fetch()
                .stream()
                .map(row -> FactoryRows.batch(row, stations(new BatchName(row.getName()), sql)))
                .toList();
    }

    static Optional<Unit> unit(DeviceId id, DSLContext sql) {
        return sql.selectFrom(FACTORY_UNIT)
                .where(FACTORY_UNIT.ID.eq(id.value()))
                .fetchOptional(FactoryRows::unit);
    }

    static Optional<UnitFacts> facts(BatchName name, DeviceId id, DSLContext sql) {
        return batch(name, sql)
                .map(batch -> new UnitFacts(
                        batch,
                        id,
                        unit(id, sql),
                        JooqDeviceRegistry.find(id, sql),
                        isListed(batch, id, sql),
                        slice(id, sql)));
    }

    private static Optional<Slice> slice(DeviceId id, DSLContext sql) {
        return sql.select(BUNDLE.NAME, BUNDLE.STATION)
                .from(BUNDLE_UNIT)
                .join(BUNDLE)
                .on(BUNDLE.NAME.eq(BUNDLE_UNIT.BUNDLE))
                .where(BUNDLE_UNIT.UNIT.eq(id.value()))
                .and(BUNDLE.ENDED_AT.isNull())
                .fetchOptional(row -> new Slice(new BundleName(row.value1()), new OperatorName(row.value2())));
    }

    private static boolean isListed(Batch batch, DeviceId id, DSLContext sql) {
        return batch.order().serials() instanceof Serials.Listed
                && sql.fetchExists(
                        BATCH_ALLOWED,
                        BATCH_ALLOWED.BATCH.eq(batch.name().value()).and(BATCH_ALLOWED.UNIT.eq(id.value())));
    }

    private static Set<OperatorName> stations(BatchName name, DSLContext sql) {
        return sql
                .select(BATCH_STATION.STATION)
                .from(BATCH_STATION)
                .where(BATCH_STATION.BATCH.eq(name.value()))
                .fetch(row -> new OperatorName(row.value1()))
                .stream()
                .collect(Collectors.toSet());
    }
}
