package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.factory.FreshCertificate;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitIssue;
import dev.nameplate.ca.factory.UnitOrder;
import dev.nameplate.ca.factory.UnitRecording;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way into the database. Whoever has something to write waits here until it is durable; one thread takes whatever has
 * come together meanwhile and writes it in one transaction, so that a thousand writers share their syncs and one alone is not
 * kept waiting.
 */
final class GroupWriter implements AutoCloseable {
    private static final int MAX_GROUP = 256;
    private static final int MAX_WAITING = 4096;
    private static final int MAX_WAITING_FOR_NOTES = MAX_WAITING / 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LAST_GROUP = Duration.ofSeconds(60);

    private final BlockingQueue<Task> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final GroupCommit commit;
    private final Trouble trouble;
    private final Thread thread;
    private volatile boolean closed;

    GroupWriter(GroupCommit commit, Trouble trouble) {
        this.commit = commit;
        this.trouble = trouble;
        this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    <T> T write(Change<T> change) {
        var task = new Task.Alone<>(change, new CompletableFuture<T>());
        submit(task);
        return await(task.answer());
    }

    Recording record(NewCertificate certificate, AuditEvent event) {
        Task.Recorded task = Task.Recorded.of(certificate, event);
        submit(task);
        return await(task.answer());
    }

    UnitChange step(UnitOrder order, BatchName batch, DeviceId unit) {
        var task = new Task.StepOfUnit(order, batch, unit, new CompletableFuture<>());
        submit(task);
        return await(task.answer());
    }

    UnitRecording certify(UnitIssue issue, DeviceId unit, FreshCertificate fresh) {
        Task.CertifiedUnit task = Task.CertifiedUnit.of(issue, unit, fresh);
        submit(task);
        return await(task.answer());
    }

    /** Does not wait; forgotten where much else waits. */
    void noteUse(CertificateDer certificate, Instant at) {
        if (waiting.size() < MAX_WAITING_FOR_NOTES && !closed) {
            boolean queued = waiting.offer(new Task.NoteUse(certificate, at));
            assert queued || waiting.remainingCapacity() == 0;
        }
    }

    /** Finishes the group that is being written, and refuses the rest. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (thread.isAlive() && !thread.join(LAST_GROUP)) {
                throw trouble.of(new TimeoutException("the last group is still being written"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseRest();
    }

    private void submit(Task task) {
        if (closed) {
            throw trouble.of(new RejectedExecutionException("it is being closed"));
        }
        if (!waiting.offer(task)) {
            throw trouble.of(
                    new RejectedExecutionException("more than " + MAX_WAITING + " changes wait to be written"));
        }
        if (closed) {
            refuseRest();
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw trouble.of(e);
        } catch (TimeoutException e) {
            throw new LedgerUnavailableException("the database did not confirm a change within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailableException("interrupted before the database confirmed a change", e);
        }
    }

    private void run() {
        List<Task> group = new ArrayList<>(MAX_GROUP);
        try {
            while (!closed) {
                group.add(waiting.take());
                waiting.drainTo(group, MAX_GROUP - 1);
                commit.commit(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            commit.close();
            refuse(group);
            refuseRest();
        }
    }

    private void refuseRest() {
        List<Task> rest = new ArrayList<>();
        waiting.drainTo(rest);
        refuse(rest);
    }

    private void refuse(List<Task> tasks) {
        tasks.forEach(task -> task.fail(trouble.of(new RejectedExecutionException("it is being closed"))));
    }
}
