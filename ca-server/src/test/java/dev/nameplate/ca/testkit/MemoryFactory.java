package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.BatchChange;
import dev.nameplate.ca.factory.BatchOrder;
import dev.nameplate.ca.factory.BatchRegister;
import dev.nameplate.ca.factory.FreshCertificate;
import dev.nameplate.ca.factory.Harvest;
import dev.nameplate.ca.factory.Hour;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Station;
import dev.nameplate.ca.factory.StationRegister;
import dev.nameplate.ca.factory.Tally;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.factory.UnitIssue;
import dev.nameplate.ca.factory.UnitOrder;
import dev.nameplate.ca.factory.UnitQuery;
import dev.nameplate.ca.factory.UnitRecording;
import dev.nameplate.ca.factory.UnitRegister;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Wish;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Batches, units and stations, forgotten with the test. */
public final class MemoryFactory implements BatchRegister, UnitRegister, StationRegister {
    private final MemoryLedger ledger;
    private final MemoryDevices devices;
    private final MemoryRevocations revocations;
    private final MemoryAuditLog audit;
    private final TreeMap<String, Batch> batches = new TreeMap<>();
    private final Map<BatchName, byte[]> records = new HashMap<>();
    private final Map<BatchName, Set<DeviceId>> listed = new HashMap<>();
    private final TreeMap<String, Unit> units = new TreeMap<>();
    private final Map<DeviceId, KeyPackage> wrapped = new HashMap<>();
    private final TreeMap<String, Station> stations = new TreeMap<>();
    private final Map<HourKey, Tally> hours = new HashMap<>();

    private Optional<MemoryBundles> drawn = Optional.empty();

    private record HourKey(BatchName batch, OperatorName station, Instant from) {}

    MemoryFactory(MemoryLedger ledger, MemoryDevices devices, MemoryRevocations revocations, MemoryAuditLog audit) {
        this.ledger = ledger;
        this.devices = devices;
        this.revocations = revocations;
        this.audit = audit;
    }

    /** Units of these are their stations' alone. */
    public synchronized void knows(MemoryBundles bundles) {
        drawn = Optional.of(bundles);
    }

    @Override
    public synchronized boolean create(Batch batch, AuditEvent event) {
        if (batches.putIfAbsent(batch.name().value(), batch) != null) {
            return false;
        }
        audit.append(event);
        return true;
    }

    @Override
    public synchronized int allow(BatchName batch, Set<DeviceId> ids, AuditEvent event) {
        Set<DeviceId> known = listed.computeIfAbsent(batch, _ -> new TreeSet<>(Comparator.comparing(DeviceId::value)));
        int before = known.size();
        known.addAll(ids);
        audit.append(event);
        return known.size() - before;
    }

    @Override
    public synchronized Optional<Batch> find(BatchName batch) {
        return Optional.ofNullable(batches.get(batch.value()));
    }

    @Override
    public synchronized List<Batch> list(Optional<BatchName> after, int limit) {
        return after.map(name -> batches.tailMap(name.value(), false)).orElse(batches).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized BatchChange apply(BatchOrder order, BatchName name) {
        Optional<Batch> batch = find(name);
        if (batch.isEmpty()) {
            return new BatchChange.Refused(new Refusal.NotFound("batch " + name));
        }
        Optional<Refusal> objection = order.objectionTo(batch.get());
        if (objection.isPresent()) {
            return new BatchChange.Refused(objection.get());
        }
        if (batch.get().state() != order.wanted()) {
            audit.append(order.event(batch.get()));
        }
        return new BatchChange.Done(put(batch.get().in(order.wanted())));
    }

    @Override
    public synchronized BatchChange bind(BatchName name, Set<OperatorName> places, Instant at, Cause cause) {
        Optional<Batch> found = find(name);
        if (found.isEmpty()) {
            return new BatchChange.Refused(new Refusal.NotFound("batch " + name));
        }
        Batch batch = found.get();
        if (!batch.stations().equals(places)) {
            String words = places.stream().map(OperatorName::value).sorted().collect(Collectors.joining(" "));
            audit.append(cause.event(at, "batch.bound", "batch:" + name, Map.of("stations", words)));
        }
        return new BatchChange.Done(put(new Batch(
                name, batch.order(), places, batch.state(), batch.used(), batch.createdAt(), batch.closedAt())));
    }

    @Override
    public synchronized byte[] close(BatchName name, byte[] record, Instant at, Cause cause) {
        if (!records.containsKey(name)) {
            records.put(name, record);
            Batch batch = find(name).orElseThrow();
            put(new Batch(
                    name,
                    batch.order(),
                    batch.stations(),
                    Batch.State.CLOSED,
                    batch.used(),
                    batch.createdAt(),
                    Optional.of(at.truncatedTo(ChronoUnit.MICROS))));
            Map<String, String> facts = Map.of("record", Sha256.of(record).toString());
            audit.append(cause.event(at, "batch.closed", "batch:" + name, facts));
        }
        return closingRecord(name).orElseThrow();
    }

    @Override
    public synchronized Optional<byte[]> closingRecord(BatchName name) {
        return Optional.ofNullable(records.get(name));
    }

    @Override
    public synchronized Map<UnitState, Integer> count(BatchName batch) {
        return matching(unit -> unit.batch().equals(batch))
                .collect(Collectors.toMap(Unit::state, _ -> 1, Integer::sum, TreeMap::new));
    }

    @Override
    public synchronized List<Hour> hours(BatchName batch) {
        return hours.entrySet().stream()
                .filter(entry -> entry.getKey().batch().equals(batch))
                .map(entry -> new Hour(entry.getKey().station(), entry.getKey().from(), entry.getValue()))
                .sorted(Comparator.comparing(Hour::from)
                        .thenComparing(hour -> hour.station().value()))
                .toList();
    }

    @Override
    public synchronized Optional<UnitFacts> find(BatchName name, DeviceId id) {
        return find(name)
                .map(batch -> new UnitFacts(
                        batch,
                        id,
                        Optional.ofNullable(units.get(id.value())),
                        devices.find(id),
                        listed.getOrDefault(name, Set.of()).contains(id),
                        drawn.flatMap(bundles -> bundles.sliceWith(name, id))));
    }

    @Override
    public synchronized UnitChange apply(UnitOrder order, BatchName name, DeviceId id) {
        Optional<UnitFacts> facts = find(name, id);
        if (facts.isEmpty()) {
            return new UnitChange.Refused(new Refusal.NotFound("batch " + name), Optional.empty());
        }
        UnitChange change = order.on(facts.get());
        if (change instanceof UnitChange.Changed changed) {
            registerDevice(facts.get(), order.attributes(), order.at(), order.cause());
            write(facts.get(), changed, order.at(), order.cause());
            audit.append(order.event(changed.now()));
        }
        if (change instanceof UnitChange.Refused refused) {
            refused.alarm().ifPresent(audit::append);
        }
        return change;
    }

    @Override
    public synchronized UnitRecording issue(UnitIssue issue, DeviceId id, FreshCertificate fresh) {
        Optional<IssuedCertificate> before =
                ledger.recordedFor(fresh.certificate().request());
        if (before.isPresent()) {
            return UnitRecording.without(new Recording.AnsweredBefore(before.get()));
        }
        BatchName batch = ((Credential.Unit) fresh.certificate().credential()).batch();
        UnitFacts facts = find(batch, id).orElseThrow();
        return switch (issue.on(facts, fresh.unit())) {
            case UnitChange.Unchanged _ -> throw new AssertionError("a fresh certificate changes its unit");
            case UnitChange.Refused(var refusal, var alarm) -> {
                alarm.ifPresent(audit::append);
                yield UnitRecording.without(new Recording.Objected(refusal));
            }
            case UnitChange.Changed changed -> {
                Recording recording = ledger.record(fresh.certificate(), fresh.event());
                if (!(recording instanceof Recording.Recorded)) {
                    yield UnitRecording.without(recording);
                }
                registerDevice(facts, issue.attributes(), issue.at(), issue.cause());
                write(facts, changed, issue.at(), issue.cause());
                fresh.wrapped().ifPresent(key -> wrapped.put(id, key));
                yield new UnitRecording(recording, Optional.of(changed.now()));
            }
        };
    }

    @Override
    public synchronized List<Harvest.Result> harvest(Harvest harvest, BatchName batch, List<Harvest.Reading> readings) {
        return find(batch).isEmpty()
                ? List.of()
                : readings.stream()
                        .map(reading -> harvest(harvest, batch, reading))
                        .toList();
    }

    private Harvest.Result harvest(Harvest harvest, BatchName batch, Harvest.Reading reading) {
        UnitFacts facts = find(batch, reading.unit()).orElseThrow();
        UnitChange change = harvest.on(facts, reading, ledger.holderOfKey(reading.key()));
        if (change instanceof UnitChange.Changed changed) {
            registerDevice(facts, reading.attributes(), harvest.at(), harvest.cause());
            ledger.claimKey(reading.key(), Holder.of(reading.unit()));
            write(facts, changed, harvest.at(), harvest.cause());
            audit.append(UnitOrder.event(changed.now(), harvest.at(), harvest.cause()));
        }
        return new Harvest.Result(
                reading.unit(),
                change instanceof UnitChange.Refused refused ? Optional.of(refused.refusal()) : Optional.empty());
    }

    @Override
    public synchronized Optional<KeyPackage> wrappedKey(DeviceId unit) {
        return Optional.ofNullable(wrapped.get(unit));
    }

    @Override
    public void tell(AuditEvent alarm) {
        audit.append(alarm);
    }

    @Override
    public synchronized List<Unit> list(UnitQuery query) {
        return matching(unit -> unit.batch().equals(query.batch()))
                .filter(unit ->
                        query.state().map(state -> unit.state() == state).orElse(true))
                .filter(unit -> query.overdueAt().map(at -> isOverdue(unit, at)).orElse(true))
                .filter(unit -> query.after()
                        .map(after -> unit.id().value().compareTo(after.value()) > 0)
                        .orElse(true))
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<Unit> overdue(Instant now, int limit) {
        return matching(unit -> isOverdue(unit, now))
                .filter(unit -> {
                    Batch batch = find(unit.batch()).orElseThrow();
                    boolean runs = batch.state() == Batch.State.OPEN || batch.state() == Batch.State.PAUSED;
                    return runs && batch.order().patience().unverified() == Patience.Unverified.REVOKED;
                })
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int finish(BatchName batch, Instant now, int limit, Cause cause) {
        List<Unit> rest = matching(unit -> unit.batch().equals(batch)
                        && unit.state() != UnitState.CLOSED
                        && unit.state() != UnitState.SCRAPPED)
                .limit(limit)
                .toList();
        for (Unit unit : rest) {
            UnitChange.Changed end = unit.atTheEndOfItsBatch(now);
            write(find(batch, unit.id()).orElseThrow(), end, now, cause);
            audit.append(UnitOrder.event(end.now(), now, cause));
        }
        return rest.size();
    }

    @Override
    public synchronized boolean add(Station station, AuditEvent event) {
        if (stations.putIfAbsent(station.name().value(), station) != null) {
            return false;
        }
        audit.append(event);
        return true;
    }

    @Override
    public synchronized Optional<Station> find(OperatorName name) {
        return Optional.ofNullable(stations.get(name.value()));
    }

    @Override
    public synchronized List<Station> list() {
        return List.copyOf(stations.values());
    }

    @Override
    public synchronized List<BatchName> batchesOf(OperatorName name) {
        return batches.values().stream()
                .filter(batch -> batch.stations().contains(name) && batch.state() != Batch.State.CLOSED)
                .map(Batch::name)
                .toList();
    }

    private Stream<Unit> matching(Predicate<Unit> which) {
        return List.copyOf(units.values()).stream().filter(which);
    }

    private boolean isOverdue(Unit unit, Instant at) {
        return unit.state().unconfirmed()
                && find(unit.batch())
                        .orElseThrow()
                        .order()
                        .patience()
                        .verifyWithin()
                        .filter(time -> unit.at(UnitState.ISSUED)
                                .orElseThrow()
                                .plus(time)
                                .isBefore(at))
                        .isPresent();
    }

    private Batch put(Batch batch) {
        batches.put(batch.name().value(), batch);
        return batch;
    }

    private void registerDevice(UnitFacts facts, Map<String, String> attributes, Instant at, Cause cause) {
        if (facts.device().isEmpty()) {
            var device = facts.deviceWith(attributes, at);
            devices.register(
                    device,
                    cause.event(at, "device.registered", Holder.of(device.id()).toString(), device.attributes()));
        }
    }

    private void write(UnitFacts facts, UnitChange.Changed change, Instant at, Cause cause) {
        units.put(facts.id().value(), change.now());
        change.revokes().ifPresent(reason -> revoke(facts, reason, at, cause));
        Tally tally = change.tally();
        if (!tally.equals(Tally.NOTHING)) {
            var key = new HourKey(facts.batch().name(), change.now().station(), at.truncatedTo(ChronoUnit.HOURS));
            hours.merge(key, tally, Tally::plus);
        }
        Batch batch = facts.batch();
        put(new Batch(
                batch.name(),
                batch.order(),
                batch.stations(),
                batch.state(),
                batch.used() + tally.issued(),
                batch.createdAt(),
                batch.closedAt()));
    }

    private void revoke(UnitFacts facts, RevocationReason reason, Instant at, Cause cause) {
        facts.unit()
                .flatMap(Unit::certificate)
                .ifPresent(mine -> revocations.apply(
                        new Order(new Wish.Revoke(reason, Optional.empty()), at, cause), mine.issuer(), mine.serial()));
    }
}
