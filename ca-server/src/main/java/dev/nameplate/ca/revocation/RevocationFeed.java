package dev.nameplate.ca.revocation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tells whoever keeps something in this process of every change that any process makes, and lets nobody answer a change before
 * every process has been told.
 *
 * <p>Each process holds a short lease in the database and renews it whenever it has told its listeners. Whoever changes
 * something waits until each process with a lease has seen the change, or its lease ran out; and a process whose lease ran out
 * is not {@link #current}, by its own measure, before that is so for the others.
 */
public final class RevocationFeed implements Freshness {
    private static final int PAGE = 1000;
    private static final Duration FIRST_LOOK = Duration.ofMillis(1);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(20);

    private final RevocationChanges changes;
    private final Nodes nodes;
    private final NodeId self;
    private final Duration lease;
    private final LongSupplier nanos;
    private final List<RevocationListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock telling = new ReentrantLock();
    private volatile long seen;
    private volatile long currentUntil;

    /**
     * @param lease how long a process that went away is waited for
     * @param nanos as {@link System#nanoTime}
     */
    public RevocationFeed(RevocationChanges changes, Nodes nodes, NodeId self, Duration lease, LongSupplier nanos) {
        this.changes = changes;
        this.nodes = nodes;
        this.self = self;
        this.lease = lease;
        this.nanos = nanos;
        this.seen = changes.newest();
        this.currentUntil = nanos.getAsLong();
    }

    public void register(RevocationListener listener) {
        listeners.add(listener);
    }

    @Override
    public boolean current() {
        return !nodes.several() || currentUntil - nanos.getAsLong() > 0;
    }

    /** The newest change that the listeners of this process were told of. */
    public long seen() {
        return seen;
    }

    /** One turn of what every process does all the time: hear of changes, tell of them, promise to go on. */
    public void turn() {
        catchUp();
        if (nodes.several()) {
            long before = nanos.getAsLong();
            nodes.renew(self, seen, lease);
            currentUntil = before + lease.toNanos();
        }
    }

    /** Waits for news, but never so long that the lease runs out meanwhile. */
    public void awaitNews() {
        nodes.awaitNews(lease.dividedBy(3));
    }

    /** Returns when no process gives away anything that was true before what is recorded now. */
    public void settle() {
        catchUp();
        if (!nodes.several()) {
            return;
        }
        long number = seen;
        Duration pause = FIRST_LOOK;
        while (nodes.anyBehind(self, number)) {
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : pause.multipliedBy(2);
        }
    }

    /** This process stops: nobody need wait for it. */
    public void leave() {
        currentUntil = nanos.getAsLong();
        if (nodes.several()) {
            nodes.leave(self);
        }
    }

    private void catchUp() {
        telling.lock();
        try {
            List<RevocationChange> page = changes.after(seen, PAGE);
            while (!page.isEmpty()) {
                for (RevocationListener listener : listeners) {
                    listener.changed(page);
                }
                seen = page.getLast().number();
                page = page.size() < PAGE ? List.of() : changes.after(seen, PAGE);
            }
        } finally {
            telling.unlock();
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while other processes were told of a change", e);
        }
    }
}
