package dev.nameplate.ca.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time between a commit that others can see and the moment it is on the disk. Whoever is about to give away what they read
 * waits until then.
 */
final class Settling {
    private final AtomicLong setbacks = new AtomicLong();
    private volatile CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    void begin() {
        running = new CompletableFuture<>();
    }

    void settled() {
        running.complete(null);
    }

    /** What was committed was taken back: it never reached the disk. */
    void takenBack() {
        setbacks.incrementAndGet();
        running.complete(null);
    }

    long setbacks() {
        return setbacks.get();
    }

    /** @return whether what was read since that count of setbacks is on the disk */
    boolean awaitedSince(long count) {
        running.join();
        return setbacks.get() == count;
    }
}
