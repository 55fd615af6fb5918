package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.VaultUnavailableException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The platform threads that call the token, as many as it has sessions for us. A native call pins a virtual thread to its
 * carrier, so that a slow token would stop every other request; these threads are what it may block instead.
 */
final class TokenThreads implements AutoCloseable {
    private final ThreadPoolExecutor executor;
    private final Semaphore sessions;
    private final FastLane lane = new FastLane(FastLane.carriers());
    private final String token;
    private final Duration wait;
    private final Duration retryAfter;

    TokenThreads(Pkcs11Settings settings) {
        this.token = settings.tokenLabel();
        this.wait = settings.sessionWait();
        this.retryAfter = settings.recoveryInterval();
        this.sessions = new Semaphore(settings.maxSessions());
        this.executor = new ThreadPoolExecutor(
                settings.maxSessions(),
                settings.maxSessions(),
                settings.sessionIdle().toNanos(),
                TimeUnit.NANOSECONDS,
                new ArrayBlockingQueue<>(settings.maxWaiting()),
                Thread.ofPlatform().daemon().name("token-" + token + "-", 1).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs work on the caller's own thread if it is quick and there is room for that, else as {@link #run}. */
    <T> T runQuick(FastLane.Pace pace, Duration limit, Supplier<T> work) {
        if (executor.isShutdown() || !lane.tryEnter(pace)) {
            return run(limit, work);
        }
        try {
            if (sessions.tryAcquire()) {
                return released(work);
            }
        } finally {
            lane.leave();
        }
        return run(limit, work);
    }

    /**
     * Runs work on one of the threads and waits for it.
     *
     * @param limit how long the work may take once it has started
     * @throws VaultUnavailableException if no thread came free in time, too many wait, or the token does not answer
     */
    <T> T run(Duration limit, Supplier<T> work) {
        Job<T> job = new Job<>(() -> {
            sessions.acquire();
            return released(work);
        });
        try {
            executor.execute(job);
        } catch (RejectedExecutionException full) {
            throw unavailable(executor.isShutdown() ? "the vault is closed" : "too many calls wait for it", full);
        }
        try {
            return outcome(job, limit);
        } catch (InterruptedException stopped) {
            job.giveUp();
            Thread.currentThread().interrupt();
            throw unavailable("the caller was stopped", stopped);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow().forEach(waiting -> ((Job<?>) waiting).cancel(false));
    }

    private <T> T released(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            sessions.release();
        }
    }

    private <T> T outcome(Job<T> job, Duration limit) throws InterruptedException {
        try {
            return job.outcomeWithin(wait);
        } catch (TimeoutException late) {
            if (job.giveUp()) {
                throw unavailable("no session came free within " + wait, late);
            }
        }
        try {
            return job.outcomeWithin(limit);
        } catch (TimeoutException late) {
            throw unavailable("it did not answer within " + limit, late);
        }
    }

    private VaultUnavailableException unavailable(String reason, Exception cause) {
        return new VaultUnavailableException("token " + token + " is not available: " + reason, retryAfter, cause);
    }

    /** Work that either starts or is given up, never both. */
    private static final class Job<T> extends FutureTask<T> {
        private final AtomicBoolean claimed = new AtomicBoolean();

        Job(Callable<T> work) {
            super(work);
        }

        @Override
        public void run() {
            if (claimed.compareAndSet(false, true)) {
                super.run();
            }
        }

        boolean giveUp() {
            return claimed.compareAndSet(false, true);
        }

        T outcomeWithin(Duration time) throws InterruptedException, TimeoutException {
            try {
                return get(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException failed) {
                throw unwrapped(failed);
            }
        }

        private static RuntimeException unwrapped(ExecutionException failed) {
            return switch (failed.getCause()) {
                case RuntimeException expected -> expected;
                case Error fatal -> throw fatal;
                case null, default -> new IllegalStateException(failed.getCause());
            };
        }
    }
}
