package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.FACTORY_TALLY;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.factory.KekNumber;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Tally;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitCertificate;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.schema.generated.tables.records.FactoryTallyRecord;
import dev.nameplate.schema.generated.tables.records.FactoryUnitRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** Writes what a step with a unit comes to, in the transaction of a group. */
final class UnitChanges {
    private final Writing writing;
    private final DSLContext sql;
    private final Cause cause;
    private final Instant at;

    UnitChanges(Writing writing, Cause cause, Instant at) {
        this.writing = writing;
        this.sql = writing.sql();
        this.cause = cause;
        this.at = at;
    }

    /** @param wrapped the key that was made here for the unit, with this very change */
    void write(UnitFacts facts, UnitChange.Changed change, Optional<KeyPackage> wrapped) {
        register(facts, change.now(), wrapped);
        change.revokes()
                .ifPresent(reason ->
                        facts.unit().flatMap(Unit::certificate).ifPresent(certificate -> revoke(certificate, reason)));
        count(facts, change);
    }

    /** A unit's device is there from the unit's first step on. */
    void registerDevice(UnitFacts facts, Map<String, String> attributes) {
        if (facts.device().isEmpty()) {
            Device device = facts.deviceWith(attributes, at);
            Batches.insert(sql, DEVICE, List.of(JooqDeviceRegistry.row(device)));
            writing.append(
                    cause.event(at, "device.registered", Holder.of(device.id()).toString(), device.attributes()));
        }
    }

    private void register(UnitFacts facts, Unit now, Optional<KeyPackage> wrapped) {
        FactoryUnitRecord row = FactoryRows.row(now);
        wrapped.ifPresent(key -> {
            row.setPackage(key.octets());
            row.setPackageKek(key.kek().map(KekNumber::toString).orElse(null));
        });
        if (facts.unit().isEmpty()) {
            Batches.insert(sql, FACTORY_UNIT, List.of(row));
            return;
        }
        if (wrapped.isEmpty()) {
            row.touched(FACTORY_UNIT.PACKAGE, false);
            row.touched(FACTORY_UNIT.PACKAGE_KEK, false);
        }
        sql.update(FACTORY_UNIT)
                .set(row)
                .where(FACTORY_UNIT.ID.eq(now.id().value()))
                .execute();
    }

    private void revoke(UnitCertificate certificate, RevocationReason reason) {
        var order = new Order(new Wish.Revoke(reason, Optional.empty()), at, cause);
        var standing = new StandingChanges(writing);
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
        standing.write();
    }

    /** A unit that was drawn ahead of time was counted against the quota then. */
    private void count(UnitFacts facts, UnitChange.Changed change) {
        Unit now = change.now();
        Tally tally = change.tally();
        if (tally.equals(Tally.NOTHING)) {
            return;
        }
        if (tally.issued() > 0 && facts.slice().isEmpty()) {
            sql.update(BATCH)
                    .set(BATCH.USED, BATCH.USED.plus(tally.issued()))
                    .where(BATCH.NAME.eq(now.batch().value()))
                    .execute();
        }
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        int updated = sql.update(FACTORY_TALLY)
                .set(FACTORY_TALLY.ISSUED, FACTORY_TALLY.ISSUED.plus(tally.issued()))
                .set(FACTORY_TALLY.RETRIED, FACTORY_TALLY.RETRIED.plus(tally.retried()))
                .set(FACTORY_TALLY.VERIFIED, FACTORY_TALLY.VERIFIED.plus(tally.verified()))
                .set(FACTORY_TALLY.SCRAPPED, FACTORY_TALLY.SCRAPPED.plus(tally.scrapped()))
                .set(FACTORY_TALLY.REWORKED, FACTORY_TALLY.REWORKED.plus(tally.reworked()))
                .where(FACTORY_TALLY.BATCH.eq(now.batch().value()))
                .and(FACTORY_TALLY.STATION.eq(now.station().value()))
                .and(FACTORY_TALLY.FROM_AT.eq(hour))
                .execute();
        if (updated == 0) {
            Batches.insert(
                    sql,
                    FACTORY_TALLY,
                    List.of(new FactoryTallyRecord(
                            now.batch().value(),
                            now.station().value(),
                            hour,
                            tally.issued(),
                            tally.retried(),
                            tally.verified(),
                            tally.scrapped(),
                            tally.reworked())));
        }
    }
}
