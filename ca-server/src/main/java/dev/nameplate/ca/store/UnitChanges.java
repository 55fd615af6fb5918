package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.factory.KekNumber;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitCertificate;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.schema.generated.tables.records.DeviceRecord;
import dev.nameplate.schema.generated.tables.records.FactoryUnitRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;

/** What steps with different units come to, in the transaction of a group: taken one by one, written together. */
final class UnitChanges {
    /** What stays when a unit gets no other key. */
    private static final Set<Field<?>> KEY = Set.of(FACTORY_UNIT.PACKAGE, FACTORY_UNIT.PACKAGE_KEK);

    private final Writing writing;
    private final DSLContext sql;
    private final StandingChanges standing;
    private final BatchCounts counts = new BatchCounts();
    private final List<DeviceRecord> devices = new ArrayList<>();
    private final List<FactoryUnitRecord> added = new ArrayList<>();
    private final List<FactoryUnitRecord> changed = new ArrayList<>();
    private final List<FactoryUnitRecord> keyed = new ArrayList<>();

    UnitChanges(Writing writing) {
        this.writing = writing;
        this.sql = writing.sql();
        this.standing = new StandingChanges(writing);
    }

    /** Who has it changed, and when. */
    record Origin(Cause cause, Instant at) {}

    /** @param wrapped the key that was made here for the unit, with this very change */
    void take(UnitFacts facts, UnitChange.Changed change, Optional<KeyPackage> wrapped, Origin origin) {
        FactoryUnitRecord row = FactoryRows.row(change.now());
        wrapped.ifPresent(key -> {
            row.setPackage(key.octets());
            row.setPackageKek(key.kek().map(KekNumber::toString).orElse(null));
        });
        if (facts.unit().isEmpty()) {
            added.add(row);
        } else {
            (wrapped.isPresent() ? keyed : changed).add(row);
        }
        change.revokes()
                .ifPresent(reason -> facts.unit()
                        .flatMap(Unit::certificate)
                        .ifPresent(certificate -> revoke(certificate, reason, origin)));
        counts.add(facts, change, origin.at());
    }

    /** A unit's device is there from the unit's first step on. */
    void registerDevice(UnitFacts facts, Map<String, String> attributes, Origin origin) {
        if (facts.device().isEmpty()) {
            Device device = facts.deviceWith(attributes, origin.at());
            devices.add(JooqDeviceRegistry.row(device));
            writing.append(origin.cause()
                    .event(
                            origin.at(),
                            "device.registered",
                            Holder.of(device.id()).toString(),
                            device.attributes()));
        }
    }

    void write() {
        Batches.insert(sql, DEVICE, devices);
        Batches.insert(sql, FACTORY_UNIT, added);
        update(changed, false);
        update(keyed, true);
        standing.write();
        counts.write(sql);
    }

    private void update(List<FactoryUnitRecord> rows, boolean withKey) {
        if (rows.isEmpty()) {
            return;
        }
        List<Field<?>> columns = Stream.of(FACTORY_UNIT.fields())
                .filter(column -> !column.equals(FACTORY_UNIT.ID))
                .filter(column -> withKey || !KEY.contains(column))
                .toList();
        Map<Field<?>, Object> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, null));
        BatchBindStep batch = sql.batch(sql.update(FACTORY_UNIT).set(values).where(FACTORY_UNIT.ID.eq((String) null)));
        for (FactoryUnitRecord row : rows) {
            batch = batch.bind(Stream.concat(columns.stream().map(row::get), Stream.of(row.getId()))
                    .toArray());
        }
        batch.execute();
    }

    private void revoke(UnitCertificate certificate, RevocationReason reason, Origin origin) {
        var order = new Order(new Wish.Revoke(reason, Optional.empty()), origin.at(), origin.cause());
        FoundCertificate.select(
                        sql,
                        CERTIFICATE
                                .SERIAL
                                .eq(Certificates.octets(certificate.serial()))
                                .and(CERTIFICATE.ISSUER.eq(
                                        certificate.issuer().issuer().value()))
                                .and(CERTIFICATE.GENERATION.eq(
                                        certificate.issuer().number())))
                .fetch(FoundCertificate::of)
                .forEach(found -> standing.apply(order, found));
    }
}
