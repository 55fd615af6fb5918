package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BATCH_ALLOWED;
import static dev.nameplate.schema.generated.Tables.BATCH_STATION;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.pki.BatchName;
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
                        batch, id, unit(id, sql), JooqDeviceRegistry.find(id, sql), isListed(batch, id, sql)));
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
