package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitCertificate;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.factory.Window;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.BatchRecord;
import dev.nameplate.schema.generated.tables.records.FactoryUnitRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.TableField;

/** Between rows and words, for the factory. */
final class FactoryRows {
    private static final Map<UnitState, TableField<FactoryUnitRecord, Instant>> TIMES = times();

    private FactoryRows() {}

    static BatchRecord row(Batch batch) {
        WorkOrder order = batch.order();
        var row = new BatchRecord();
        row.setName(batch.name().value());
        row.setProduct(order.product());
        row.setProfile(order.profile().value());
        row.setKeyOrigin(order.keys().origin().name());
        row.setProtection(order.keys().protection().name());
        row.setQuota(order.quota());
        setSerials(row, order.serials());
        row.setStartsAt(order.window().start().orElse(null));
        row.setEndsAt(order.window().end().orElse(null));
        row.setRetries(order.patience().retries());
        row.setVerifySeconds(
                order.patience().verifyWithin().map(Duration::toSeconds).orElse(null));
        row.setUnverified(order.patience().unverified().name());
        row.setState(batch.state().name());
        row.setUsed(batch.used());
        row.setCreatedAt(Rows.asStored(batch.createdAt()));
        row.setClosedAt(Rows.asStored(batch.closedAt()));
        return row;
    }

    static Batch batch(BatchRecord row, Set<OperatorName> stations) {
        var keys = new WorkOrder.Keys(KeyOrigin.valueOf(row.getKeyOrigin()), Protection.valueOf(row.getProtection()));
        var order = new WorkOrder(
                row.getProduct(),
                new ProfileName(row.getProfile()),
                keys,
                row.getQuota(),
                serials(row),
                new Window(Optional.ofNullable(row.getStartsAt()), Optional.ofNullable(row.getEndsAt())),
                new Patience(
                        row.getRetries(),
                        Optional.ofNullable(row.getVerifySeconds()).map(Duration::ofSeconds),
                        Patience.Unverified.valueOf(row.getUnverified())));
        return new Batch(
                new BatchName(row.getName()),
                order,
                stations,
                Batch.State.valueOf(row.getState()),
                row.getUsed(),
                row.getCreatedAt(),
                Optional.ofNullable(row.getClosedAt()));
    }

    static FactoryUnitRecord row(Unit unit) {
        var row = new FactoryUnitRecord();
        row.setId(unit.id().value());
        row.setBatch(unit.batch().value());
        row.setState(unit.state().name());
        row.setStation(unit.station().value());
        row.setTries(unit.effort().tries());
        row.setReworks(unit.effort().reworks());
        row.setKeys(unit.effort().keys());
        unit.certificate().ifPresent(certificate -> setCertificate(row, certificate));
        row.setReason(unit.reason().orElse(null));
        TIMES.forEach((state, column) -> row.set(column, unit.at(state).orElse(null)));
        row.setEndedAt(ended(unit.state()) ? unit.at(unit.state()).orElse(null) : null);
        return row;
    }

    static Unit unit(FactoryUnitRecord row) {
        Map<UnitState, Instant> times = new EnumMap<>(UnitState.class);
        UnitState state = UnitState.valueOf(row.getState());
        TIMES.forEach(
                (reached, column) -> Optional.ofNullable(row.get(column)).ifPresent(at -> times.put(reached, at)));
        Optional.ofNullable(row.getEndedAt()).ifPresent(at -> times.put(state, at));
        return new Unit(
                new BatchName(row.getBatch()),
                new DeviceId(row.getId()),
                state,
                new OperatorName(row.getStation()),
                new Unit.Effort(row.getTries(), row.getReworks(), row.getKeys()),
                certificate(row),
                times,
                Optional.ofNullable(row.getReason()));
    }

    private static boolean ended(UnitState state) {
        return state == UnitState.SCRAPPED || state == UnitState.REWORK;
    }

    private static void setSerials(BatchRecord row, Serials serials) {
        switch (serials) {
            case Serials.Any() -> row.setSerials("ANY");
            case Serials.Listed() -> row.setSerials("LISTED");
            case Serials.Range(var first, var last) -> {
                row.setSerials("RANGE");
                row.setFirstUnit(first.value());
                row.setLastUnit(last.value());
            }
        }
    }

    private static Serials serials(BatchRecord row) {
        return switch (row.getSerials()) {
            case "ANY" -> new Serials.Any();
            case "LISTED" -> new Serials.Listed();
            case "RANGE" -> new Serials.Range(new DeviceId(row.getFirstUnit()), new DeviceId(row.getLastUnit()));
            default -> throw new IllegalStateException("no batch has serials " + row.getSerials());
        };
    }

    private static void setCertificate(FactoryUnitRecord row, UnitCertificate certificate) {
        row.setIssuer(certificate.issuer().issuer().value());
        row.setGeneration(certificate.issuer().number());
        row.setSerial(Certificates.octets(certificate.serial()));
        row.setKeyHash(certificate.key().octets());
        row.setNonce(certificate.nonce().octets());
    }

    private static Optional<UnitCertificate> certificate(FactoryUnitRecord row) {
        return row.getSerial() == null
                ? Optional.empty()
                : Optional.of(new UnitCertificate(
                        new IssuerGeneration(new IssuerName(row.getIssuer()), row.getGeneration()),
                        Certificates.serial(row.getSerial()),
                        Sha256.fromOctets(row.getKeyHash()),
                        Sha256.fromOctets(row.getNonce())));
    }

    private static Map<UnitState, TableField<FactoryUnitRecord, Instant>> times() {
        Map<UnitState, TableField<FactoryUnitRecord, Instant>> times = new EnumMap<>(UnitState.class);
        times.put(UnitState.RESERVED, FACTORY_UNIT.RESERVED_AT);
        times.put(UnitState.KEYED, FACTORY_UNIT.KEYED_AT);
        times.put(UnitState.ISSUED, FACTORY_UNIT.ISSUED_AT);
        times.put(UnitState.DELIVERED, FACTORY_UNIT.DELIVERED_AT);
        times.put(UnitState.WRITTEN, FACTORY_UNIT.WRITTEN_AT);
        times.put(UnitState.VERIFIED, FACTORY_UNIT.VERIFIED_AT);
        times.put(UnitState.CLOSED, FACTORY_UNIT.CLOSED_AT);
        return times;
    }
}
