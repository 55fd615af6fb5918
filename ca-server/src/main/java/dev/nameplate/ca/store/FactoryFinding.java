package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BATCH_ALLOWED;
import static dev.nameplate.schema.generated.Tables.BATCH_STATION;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.BUNDLE_UNIT;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Slice;
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
import org.jooq.Field;
import org.jooq.Record;

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

    /** In two questions, since every step of a unit asks them. */
    static Optional<UnitFacts> facts(BatchName name, DeviceId id, DSLContext sql) {
        Set<OperatorName> stations = stations(name, sql);
        return sql.select(BATCH.fields())
                .select(FACTORY_UNIT.fields())
                .select(DEVICE.fields())
                .select(BUNDLE.NAME, BUNDLE.STATION, BATCH_ALLOWED.UNIT)
                .from(BATCH)
                .leftJoin(FACTORY_UNIT)
                .on(FACTORY_UNIT.ID.eq(id.value()))
                .leftJoin(DEVICE)
                .on(DEVICE.ID.eq(id.value()))
                .leftJoin(BUNDLE_UNIT)
                .on(BUNDLE_UNIT.UNIT.eq(id.value()))
                .leftJoin(BUNDLE)
                .on(BUNDLE.NAME.eq(BUNDLE_UNIT.BUNDLE).and(BUNDLE.ENDED_AT.isNull()))
                .leftJoin(BATCH_ALLOWED)
                .on(BATCH_ALLOWED.BATCH.eq(BATCH.NAME).and(BATCH_ALLOWED.UNIT.eq(id.value())))
                .where(BATCH.NAME.eq(name.value()))
                .fetchOptional(row -> facts(id, row, stations));
    }

    private static UnitFacts facts(DeviceId id, Record row, Set<OperatorName> stations) {
        return new UnitFacts(
                FactoryRows.batch(row.into(BATCH), stations),
                id,
                present(row, FACTORY_UNIT.ID).map(_ -> FactoryRows.unit(row.into(FACTORY_UNIT))),
                present(row, DEVICE.ID).map(_ -> Rows.device(row.into(DEVICE))),
                row.get(BATCH_ALLOWED.UNIT) != null,
                present(row, BUNDLE.NAME)
                        .map(bundle -> new Slice(new BundleName(bundle), new OperatorName(row.get(BUNDLE.STATION)))));
    }

    private static Optional<String> present(Record row, Field<String> column) {
        return Optional.ofNullable(row.get(column));
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
