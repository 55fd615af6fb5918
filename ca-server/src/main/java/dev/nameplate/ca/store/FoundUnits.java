package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BATCH_ALLOWED;
import static dev.nameplate.schema.generated.Tables.BATCH_STATION;
import static dev.nameplate.schema.generated.Tables.BUNDLE;
import static dev.nameplate.schema.generated.Tables.BUNDLE_UNIT;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Slice;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** What the records say of many units at once, and how their batches' counts go on as a group is decided on. */
final class FoundUnits {
    private final Map<BatchName, Batch> batches = new HashMap<>();
    private final Map<DeviceId, Unit> units = new HashMap<>();
    private final Map<DeviceId, Device> devices = new HashMap<>();
    private final Map<DeviceId, Slice> slices = new HashMap<>();
    private final Set<Listed> listed = new HashSet<>();

    private record Listed(BatchName batch, DeviceId unit) {}

    static FoundUnits read(Set<BatchName> names, Collection<DeviceId> ids, DSLContext sql) {
        var found = new FoundUnits();
        List<String> wanted = ids.stream().map(DeviceId::value).toList();
        found.readBatches(names, sql);
        sql.selectFrom(FACTORY_UNIT)
                .where(FACTORY_UNIT.ID.in(wanted))
                .forEach(row -> found.units.put(new DeviceId(row.getId()), FactoryRows.unit(row)));
        sql.selectFrom(DEVICE)
                .where(DEVICE.ID.in(wanted))
                .forEach(row -> found.devices.put(new DeviceId(row.getId()), Rows.device(row)));
        found.readSlices(wanted, sql);
        found.readListed(wanted, sql);
        return found;
    }

    /** @return empty if there is no such batch */
    Optional<UnitFacts> about(BatchName name, DeviceId id) {
        return Optional.ofNullable(batches.get(name))
                .map(batch -> new UnitFacts(
                        batch,
                        id,
                        Optional.ofNullable(units.get(id)),
                        Optional.ofNullable(devices.get(id)),
                        listed.contains(new Listed(name, id)),
                        Optional.ofNullable(slices.get(id))));
    }

    /** The next one finds the quota as this one leaves it. */
    void count(UnitFacts facts, UnitChange.Changed change) {
        batches.computeIfPresent(facts.batch().name(), (_, batch) -> batch.having(BatchCounts.counted(facts, change)));
    }

    private void readBatches(Set<BatchName> names, DSLContext sql) {
        List<String> wanted = names.stream().map(BatchName::value).toList();
        Map<String, Set<OperatorName>> stations = new HashMap<>();
        sql.selectFrom(BATCH_STATION)
                .where(BATCH_STATION.BATCH.in(wanted))
                .forEach(row -> stations.computeIfAbsent(row.getBatch(), _ -> new HashSet<>())
                        .add(new OperatorName(row.getStation())));
        sql.selectFrom(BATCH)
                .where(BATCH.NAME.in(wanted))
                .forEach(row -> batches.put(
                        new BatchName(row.getName()),
                        FactoryRows.batch(row, stations.getOrDefault(row.getName(), Set.of()))));
    }

    private void readSlices(List<String> wanted, DSLContext sql) {
        sql.select(BUNDLE_UNIT.UNIT, BUNDLE.NAME, BUNDLE.STATION)
                .from(BUNDLE_UNIT)
                .join(BUNDLE)
                .on(BUNDLE.NAME.eq(BUNDLE_UNIT.BUNDLE))
                .where(BUNDLE_UNIT.UNIT.in(wanted))
                .and(BUNDLE.ENDED_AT.isNull())
                .forEach(row -> slices.put(
                        new DeviceId(row.value1()),
                        new Slice(new BundleName(row.value2()), new OperatorName(row.value3()))));
    }

    private void readListed(List<String> wanted, DSLContext sql) {
        Set<String> withList = batches.values().stream()
                .filter(batch -> batch.order().serials() instanceof Serials.Listed)
                .map(batch -> batch.name().value())
                .collect(Collectors.toSet());
        if (!withList.isEmpty()) {
            sql.selectFrom(BATCH_ALLOWED)
                    .where(BATCH_ALLOWED.BATCH.in(withList))
                    .and(BATCH_ALLOWED.UNIT.in(wanted))
                    .forEach(row -> listed.add(new Listed(new BatchName(row.getBatch()), new DeviceId(row.getUnit()))));
        }
    }
}
