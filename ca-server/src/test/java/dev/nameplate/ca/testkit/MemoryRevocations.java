package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.DeviceOrder;
import dev.nameplate.ca.revocation.DeviceRevocation;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.RevocationChange;
import dev.nameplate.ca.revocation.RevocationChanges;
import dev.nameplate.ca.revocation.RevocationRegister;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Where the certificates of a {@link MemoryLedger} stand. */
public final class MemoryRevocations implements RevocationRegister, RevocationChanges {
    private final MemoryLedger ledger;
    private final MemoryDevices devices;
    private final MemoryAuditLog audit;
    private final NextFailure failure = new NextFailure();
    private final TreeMap<Long, Change> changes = new TreeMap<>();
    private long newest;

    private record Change(RevocationChange change, Instant at) {}

    MemoryRevocations(MemoryLedger ledger, MemoryDevices devices, MemoryAuditLog audit) {
        this.ledger = ledger;
        this.devices = devices;
        this.audit = audit;
    }

    /** The next change finds the database away. */
    public void failNext() {
        failure.arm();
    }

    @Override
    public synchronized Optional<Standing> of(IssuerGeneration issuer, SerialNumber serial) {
        return row(issuer, serial).map(MemoryRow::standing);
    }

    @Override
    public synchronized Optional<Revocation> apply(Order order, IssuerGeneration issuer, SerialNumber serial) {
        failure.strike();
        return row(issuer, serial).map(row -> apply(order, row));
    }

    @Override
    public synchronized Optional<DeviceRevocation> apply(DeviceOrder order, DeviceId id) {
        failure.strike();
        return devices.find(id).map(device -> apply(order, device));
    }

    @Override
    public synchronized int finish(Instant now, int limit, Cause cause) {
        failure.strike();
        List<MemoryRow> due = ledger.rows().stream()
                .filter(row -> finalAt(row).filter(at -> !at.isAfter(now)).isPresent())
                .sorted(Comparator.comparing(row -> finalAt(row).orElseThrow()))
                .limit(limit)
                .toList();
        due.forEach(row -> apply(new Order(new Wish.Finish(), now, cause), row));
        return due.size();
    }

    @Override
    public synchronized long newest() {
        return changes.isEmpty() ? 0 : changes.lastKey();
    }

    @Override
    public synchronized List<RevocationChange> after(long number, int limit) {
        return changes.tailMap(number, false).values().stream()
                .map(Change::change)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int prune(long upTo, Instant olderThan) {
        List<Long> old = new ArrayList<>();
        changes.headMap(upTo, true).forEach((number, change) -> {
            if (change.at().isBefore(olderThan)) {
                old.add(number);
            }
        });
        old.forEach(changes::remove);
        return old.size();
    }

    private Revocation apply(Order order, MemoryRow row) {
        Revocation outcome = order.on(row.standing());
        if (outcome instanceof Revocation.Changed(var now)) {
            ledger.replace(row, row.with(now));
            newest++;
            var change = new RevocationChange(
                    newest, row.added().issuer(), row.added().shard(), row.serial());
            changes.put(newest, new Change(change, order.at()));
            audit.append(order.event(row.added().issuer(), row.serial(), now));
        }
        return outcome;
    }

    private DeviceRevocation apply(DeviceOrder order, Device device) {
        Optional<Refusal> objection = order.objectionTo(device);
        if (objection.isPresent()) {
            return new DeviceRevocation.Refused(objection.get());
        }
        if (device.state() != order.state()) {
            devices.put(device.in(order.state()));
            audit.append(order.event(device.id()));
        }
        long changed = ledger.rows().stream()
                .filter(row -> row.added().holder().equals(Holder.of(device.id())))
                .filter(row ->
                        !row.issued().notAfter().isBefore(order.certificates().at()))
                .filter(row -> apply(order.certificates(), row) instanceof Revocation.Changed)
                .count();
        return new DeviceRevocation.Done(device.in(order.state()), Math.toIntExact(changed));
    }

    private Optional<MemoryRow> row(IssuerGeneration issuer, SerialNumber serial) {
        return ledger.rows().stream().filter(row -> row.named(issuer, serial)).findFirst();
    }

    private static Optional<Instant> finalAt(MemoryRow row) {
        return row.standing() instanceof Standing.Held held ? held.becomes().map(end -> end.at()) : Optional.empty();
    }
}
