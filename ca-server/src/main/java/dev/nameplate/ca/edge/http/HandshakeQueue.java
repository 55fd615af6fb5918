package dev.nameplate.ca.edge.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets a few TLS handshakes be computed at once; the others wait in the order in which their octets came, and cost nothing
 * meanwhile. A place is taken for the time of computing only, never while the client is awaited, so a slow or silent client
 * holds none. Without this, every handshake of a crowd would be begun at once, and work that is nearly done would stand in line
 * behind all of them.
 */
final class HandshakeQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Executor executor;
    private int free;

    /** @param executor runs those that waited */
    HandshakeQueue(int places, Executor executor) {
        this.free = places;
        this.executor = executor;
    }

    /** Runs this step now, in the caller's thread, or later. It must {@link #leave} when it has computed. */
    void enter(Runnable step) {
        if (isFreeOrWaits(step)) {
            step.run();
        }
    }

    /** Whoever waited longest takes over the place. */
    void leave() {
        Runnable next = next();
        if (next != null) {
            executor.execute(next);
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFreeOrWaits(Runnable step) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return true;
            }
            waiting.add(step);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable next = waiting.poll();
            if (next == null) {
                free++;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
