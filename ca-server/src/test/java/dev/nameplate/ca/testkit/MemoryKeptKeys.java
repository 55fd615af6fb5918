package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.enrollment.KeptKeys;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sealed keys, forgotten with the test. */
public final class MemoryKeptKeys implements KeptKeys {
    private final MemoryAuditLog audit;
    private final NextFailure failure = new NextFailure();
    private final Map<Sha256, KeptKey> kept = new HashMap<>();

    public MemoryKeptKeys(MemoryAuditLog audit) {
        this.audit = audit;
    }

    /** The next change finds the database away. */
    public void failNext() {
        failure.arm();
    }

    @Override
    public synchronized KeptKey keep(KeptKey key, Instant now, AuditEvent event) {
        failure.strike();
        Optional<KeptKey> before = find(key.request(), now);
        if (before.isPresent()) {
            return before.get();
        }
        kept.put(key.request(), key);
        audit.append(event);
        return key;
    }

    @Override
    public synchronized Optional<KeptKey> find(Sha256 request, Instant now) {
        return Optional.ofNullable(kept.get(request)).filter(key -> key.until().isAfter(now));
    }

    @Override
    public synchronized void note(AuditEvent event) {
        failure.strike();
        audit.append(event);
    }

    @Override
    public synchronized void forget(Instant now) {
        kept.values().removeIf(key -> !key.until().isAfter(now));
    }

    /** Forgotten or not yet. */
    public synchronized int rows() {
        return kept.size();
    }
}
