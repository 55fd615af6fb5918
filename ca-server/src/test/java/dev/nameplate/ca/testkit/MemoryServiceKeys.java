package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.rotation.ServiceKey;
import dev.nameplate.ca.rotation.ServiceKeyBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

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
    public boolean destroyed(ServiceKey key, AuditEvent event) {
        return ended(key, one -> one.state() == ServiceKey.State.RETIRED, event);
    }

    @Override
    public boolean ended(ServiceKey key, AuditEvent event) {
        return ended(key, one -> one.state() != ServiceKey.State.DESTROYED, event);
    }

    private synchronized boolean ended(ServiceKey key, Predicate<ServiceKey> before, AuditEvent event) {
        failure.strike();
        boolean was = keys.removeIf(one -> one.name().equals(key.name()) && before.test(one));
        if (was) {
            keys.add(in(key, ServiceKey.State.DESTROYED, key));
            audit.append(event);
        }
        return was;
    }

    private static ServiceKey in(ServiceKey key, ServiceKey.State state, ServiceKey since) {
        return new ServiceKey(key.purpose(), key.number(), key.keyUri(), state, key.madeAt(), since.since());
    }
}
