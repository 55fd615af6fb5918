package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.rotation.ServiceKey;
import dev.nameplate.ca.rotation.ServiceKeyBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Service keys, forgotten with the test. */
public final class MemoryServiceKeys implements ServiceKeyBook {
    private final MemoryAuditLog audit;
    private final NextFailure failure = new NextFailure();
    private final List<ServiceKey> keys = new ArrayList<>();

    public MemoryServiceKeys(MemoryAuditLog audit) {
        this.audit = audit;
    }

    /** The next change finds the database away. */
    public void failNext() {
        failure.arm();
    }

    @Override
    public synchronized List<ServiceKey> list() {
        return keys.stream()
                .sorted(Comparator.comparing(ServiceKey::purpose).thenComparingInt(ServiceKey::number))
                .toList();
    }

    @Override
    public synchronized boolean succeed(ServiceKey active, AuditEvent event) {
        failure.strike();
        if (keys.stream().anyMatch(key -> key.name().equals(active.name()))) {
            return false;
        }
        keys.replaceAll(key -> key.purpose().equals(active.purpose()) && key.state() == ServiceKey.State.ACTIVE
                ? in(key, ServiceKey.State.RETIRED, active)
                : key);
        keys.add(active);
        audit.append(event);
        return true;
    }

    @Override
    public synchronized boolean destroyed(ServiceKey key, AuditEvent event) {
        failure.strike();
        boolean retired =
                keys.removeIf(one -> one.name().equals(key.name()) && one.state() == ServiceKey.State.RETIRED);
        if (retired) {
            keys.add(in(key, ServiceKey.State.DESTROYED, key));
            audit.append(event);
        }
        return retired;
    }

    private static ServiceKey in(ServiceKey key, ServiceKey.State state, ServiceKey since) {
        return new ServiceKey(key.purpose(), key.number(), key.keyUri(), state, key.madeAt(), since.since());
    }
}
