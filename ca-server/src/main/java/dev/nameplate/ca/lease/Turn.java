package dev.nameplate.ca.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Work that is done by one thread of one process at a time. Threads of this process wait for each other. */
public final class Turn {
    private final Leases leases;
    private final String name;
    private final String self;
    private final Duration lasts;
    private final ReentrantLock here = new ReentrantLock();

    /**
     * @param self different for every process, also after a restart
     * @param lasts longer than the work ever takes
     */
    public Turn(Leases leases, String name, String self, Duration lasts) {
        this.leases = leases;
        this.name = name;
        this.self = self;
        this.lasts = lasts;
    }

    /** @return empty, and nothing was done, if another process is at it */
    public <T> Optional<T> alone(Supplier<T> work) {
        here.lock();
        try {
            if (!leases.take(name, self, lasts)) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                leases.release(name, self);
            }
        } finally {
            here.unlock();
        }
    }
}
