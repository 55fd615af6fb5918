package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.revocation.Standing;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where one certificate stands, and the answer that says so: looked up and signed by the first who wants it, while the others wait.
 * It is there before anybody looks, so that whatever changes afterwards drops it.
 */
final class Kept {
    private static final long RETRY_MILLIS = 5_000;

    /** Clients take an answer from a little later than now; one from after a clock was set back they would not. */
    private static final long AHEAD_MILLIS = 1_000;

    private final FutureTask<Optional<Standing>> standing;
    private final FutureTask<SignedAnswer> answer;
    private final long endMillis;
    private final AtomicLong renewalMillis;
    private volatile boolean dropped;

    /** How to find out. */
    interface Source {
        Optional<Standing> look();

        SignedAnswer sign(Optional<Standing> standing);
    }

    /** @param bornMillis when this begins to be true, at the latest */
    Kept(Source source, long bornMillis, long lastsMillis) {
        this.standing = new FutureTask<>(source::look);
        Callable<SignedAnswer> sign = () -> source.sign(standing());
        this.answer = new FutureTask<>(sign);
        this.endMillis = bornMillis + lastsMillis;
        this.renewalMillis = new AtomicLong(bornMillis + lastsMillis / 2);
    }

    Optional<Standing> standing() {
        standing.run();
        return result(standing);
    }

    SignedAnswer answer() {
        answer.run();
        return result(answer);
    }

    /** Looks up and signs. @return what went wrong, if anything did */
    Optional<Throwable> attempt() {
        answer.run();
        return answer.state() == FutureTask.State.FAILED ? Optional.of(answer.exceptionNow()) : Optional.empty();
    }

    /** The answer, if it is here already and holds. */
    Optional<SignedAnswer> ready(long nowMillis) {
        return isSigned() && holds(nowMillis) ? Optional.of(answer.resultNow()) : Optional.empty();
    }

    boolean holds(long nowMillis) {
        return !dropped && nowMillis < endMillis && (!isSigned() || holds(answer.resultNow(), nowMillis));
    }

    private static boolean holds(SignedAnswer answer, long nowMillis) {
        return nowMillis < answer.endMillis() && nowMillis >= answer.madeMillis() - AHEAD_MILLIS;
    }

    /** Whether it is known where the certificate stands, and nothing went wrong. What failed is dropped, so that nobody uses half of it. */
    boolean isWorthKeeping() {
        boolean failed = standing.state() == FutureTask.State.FAILED || answer.state() == FutureTask.State.FAILED;
        if (failed) {
            drop();
        }
        return !failed
                && (standing.state() != FutureTask.State.SUCCESS
                        || standing.resultNow().isPresent());
    }

    boolean dropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    /** Whether it is time for the caller, and nobody else, to make the next one. */
    boolean takeRenewal(long nowMillis) {
        long due = renewalMillis.get();
        return nowMillis >= due && renewalMillis.compareAndSet(due, nowMillis + RETRY_MILLIS);
    }

    private boolean isSigned() {
        return answer.state() == FutureTask.State.SUCCESS;
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an answer was signed", e);
        }
    }
}
