package dev.nameplate.ca.testkit;

import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.DeviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Evidence, forgotten with the test. */
public final class MemoryEvidence implements EvidenceArchive {
    private final MemoryAuditLog audit;
    private final NextFailure failure = new NextFailure();
    private final List<Kept> rows = new ArrayList<>();

    public MemoryEvidence(MemoryAuditLog audit) {
        this.audit = audit;
    }

    /** The next change finds the database away. */
    public void failNext() {
        failure.arm();
    }

    @Override
    public synchronized void keep(Kept kept, AuditEvent event) {
        boolean same = rows.stream()
                .anyMatch(row -> row.request().equals(kept.request())
                        && row.evidence().hash().equals(kept.evidence().hash()));
        if (!same) {
            failure.strike();
            rows.removeIf(row -> row.request().equals(kept.request()));
            rows.add(kept);
            audit.append(event);
        }
    }

    @Override
    public synchronized List<Kept> of(DeviceId device, int limit) {
        return rows.stream()
                .filter(row -> row.device().equals(device))
                .sorted(Comparator.comparing(Kept::receivedAt).reversed())
                .limit(limit)
                .toList();
    }
}
