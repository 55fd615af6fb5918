package dev.nameplate.ca.testkit;

import dev.nameplate.ca.lease.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Leases, forgotten with the test. */
public final class MemoryLeases implements Leases {
    private final InstantSource clock;
    private final Map<String, Held> held = new HashMap<>();

    private record Held(String holder, Instant until) {}

    public MemoryLeases(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean take(String name, String holder, Duration lasts) {
        Instant now = clock.instant();
        Held before = held.get(name);
        if (before != null && !before.holder().equals(holder) && before.until().isAfter(now)) {
            return false;
        }
        held.put(name, new Held(holder, now.plus(lasts)));
        return true;
    }

    @Override
    public synchronized void release(String name, String holder) {
        held.computeIfPresent(name, (_, one) -> one.holder().equals(holder) ? null : one);
    }
}
