package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.factory.FormerKek;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.KekBook;
import dev.nameplate.ca.factory.KekNumber;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Key-encryption keys that replace one another, forgotten with the test. */
public final class MemoryKekBook implements KekBook {
    private final MemoryHandovers handovers;
    private final MemoryAuditLog audit;
    private final Map<String, SubjectPublicKeyInfo> recipients = new HashMap<>();
    private final TreeMap<String, FormerKek> former = new TreeMap<>();
    private final Map<String, List<byte[]>> ends = new HashMap<>();
    private final Set<BatchName> over = new HashSet<>();
    private final TreeMap<DeviceId, Row> units = new TreeMap<>(java.util.Comparator.comparing(DeviceId::value));

    private record Row(BatchName batch, KekNumber kek, byte[] octets) {}

    public MemoryKekBook(MemoryHandovers handovers, MemoryAuditLog audit) {
        this.handovers = handovers;
        this.audit = audit;
    }

    /** A unit whose key is under this one. */
    public synchronized void put(DeviceId unit, BatchName batch, KekNumber kek, byte[] wrapped) {
        units.put(unit, new Row(batch, kek, wrapped));
    }

    /** The batch is being closed. */
    public synchronized void end(BatchName batch) {
        over.add(batch);
    }

    public synchronized byte[] wrapped(DeviceId unit) {
        return Optional.ofNullable(units.get(unit)).orElseThrow().octets();
    }

    @Override
    public synchronized List<Current> current() {
        return handovers.all().stream()
                .filter(handover -> !over.contains(handover.batch()))
                .map(handover -> new Current(
                        handover,
                        Optional.ofNullable(recipients.get(handover.batch() + "/" + handover.station())),
                        false))
                .toList();
    }

    @Override
    public synchronized void knows(BatchName batch, OperatorName station, SubjectPublicKeyInfo recipient) {
        recipients.putIfAbsent(batch + "/" + station, recipient);
    }

    @Override
    public synchronized boolean replace(Handover next, AuditEvent event) {
        Optional<Handover> before = handovers
                .find(next.batch(), next.station())
                .filter(one -> one.kek().number() == next.kek().number() - 1 && !over.contains(one.batch()));
        before.ifPresent(one -> {
            var replaced = new FormerKek(one.batch(), one.station(), one.kek(), one.at(), next.at());
            former.put(replaced.toString(), replaced);
            handovers.put(next);
            audit.append(event);
        });
        return before.isPresent();
    }

    @Override
    public synchronized List<FormerKek> former() {
        return former.values().stream()
                .filter(one -> !over.contains(one.batch()))
                .toList();
    }

    @Override
    public synchronized List<FormerKek> former(BatchName batch) {
        return former.values().stream().filter(one -> one.batch().equals(batch)).toList();
    }

    @Override
    public synchronized List<Wrapped> under(FormerKek kek, int limit) {
        return all(kek).limit(limit)
                .map(unit -> new Wrapped(unit.getKey(), unit.getValue().octets()))
                .toList();
    }

    @Override
    public synchronized long countUnder(FormerKek kek) {
        return all(kek).count();
    }

    @Override
    public synchronized void rewrapped(FormerKek kek, List<Rewrapped> anew, KekNumber next) {
        for (Rewrapped one : anew) {
            units.computeIfPresent(
                    one.before().unit(),
                    (_, row) -> Arrays.equals(row.octets(), one.before().octets())
                            ? new Row(row.batch(), next, one.after())
                            : row);
        }
    }

    @Override
    public synchronized boolean destroyed(FormerKek kek, byte[] record, AuditEvent event) {
        boolean first = former.remove(kek.toString()) != null;
        if (first) {
            ends.computeIfAbsent(kek.batch().value(), _ -> new ArrayList<>()).add(record);
            audit.append(event);
        }
        return first;
    }

    @Override
    public synchronized List<byte[]> destructions(BatchName batch) {
        return List.copyOf(ends.getOrDefault(batch.value(), List.of()));
    }

    private Stream<Map.Entry<DeviceId, Row>> all(FormerKek kek) {
        return units.entrySet().stream()
                .filter(unit -> unit.getValue().batch().equals(kek.batch())
                        && unit.getValue().kek().equals(kek.number()));
    }
}
