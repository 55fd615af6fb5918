package dev.nameplate.ca.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done by one thread of one process at a time. Threads of this process wait for each other. The lease is held while the
 * work goes on, however long that is; others have it soon after a process that was killed.
 */
public final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    /** Of the lease's time, until it is taken again. */
    private static final int PART = 3;

    private final Leases leases;
    private final String name;
    private final String self;
    private final Duration lasts;
    private final ReentrantLock here = new ReentrantLock();

    /**
     * @param self different for every process, also after a restart
     * @param lasts for how long it is this process's after a sign of life
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
                return Optional.of(whileHeld(work));
            } finally {
                leases.release(name, self);
            }
        } finally {
            here.unlock();
        }
    }

    private <T> T whileHeld(Supplier<T> work) {
        var done = new CountDownLatch(1);
        try (ExecutorService beside = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .uncaughtExceptionHandler(
                        (_, trouble) -> LOG.warn("lease {} is not held: {}", name, trouble.getMessage()))
                .factory())) {
            beside.execute(() -> hold(done, beside));
            try {
                return work.get();
            } finally {
                done.countDown();
            }
        }
    }

    /** Each time on its own: where the database is away for one, the next one is still asked for. */
    private void hold(CountDownLatch done, Executor beside) {
        try {
            while (!done.await(lasts.toNanos() / PART, TimeUnit.NANOSECONDS)) {
                beside.execute(this::takeAgain);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeAgain() {
        if (!leases.take(name, self, lasts)) {
            LOG.warn("lease {} is another process's by now, though the work goes on", name);
        }
    }
}
