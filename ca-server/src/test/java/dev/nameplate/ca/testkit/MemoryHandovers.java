package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.HandoverRegister;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Key-encryption keys as they were handed over, forgotten with the test. */
public final class MemoryHandovers implements HandoverRegister {
    private final MemoryAuditLog audit;
    private final TreeMap<String, Handover> handovers = new TreeMap<>();

    public MemoryHandovers(MemoryAuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized Optional<Handover> find(BatchName batch, OperatorName station) {
        return Optional.ofNullable(handovers.get(batch + "/" + station));
    }

    @Override
    public synchronized List<Handover> list(BatchName batch) {
        return handovers.values().stream()
                .filter(handover -> handover.batch().equals(batch))
                .toList();
    }

    synchronized List<Handover> all() {
        return List.copyOf(handovers.values());
    }

    synchronized void put(Handover handover) {
        handovers.put(handover.batch() + "/" + handover.station(), handover);
    }

    @Override
    public synchronized Handover record(Handover handover, AuditEvent event) {
        String key = handover.batch() + "/" + handover.station();
        if (!handovers.containsKey(key)) {
            handovers.put(key, handover);
            audit.append(event);
        }
        return find(handover.batch(), handover.station()).orElseThrow();
    }
}
