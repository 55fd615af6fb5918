package dev.nameplate.ca.testkit;

import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.approval.PendingRequest;
import dev.nameplate.ca.approval.PendingRequest.State;
import dev.nameplate.ca.approval.PendingRequests;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Requests that wait, forgotten with the test. */
public final class MemoryPendingRequests implements PendingRequests {
    private static final Comparator<PendingRequest> OLDEST_FIRST = Comparator.comparing(PendingRequest::askedAt)
            .thenComparing(request -> request.id().value());

    private final MemoryAuditLog audit;
    private final NextFailure failure = new NextFailure();
    private final List<PendingRequest> rows = new ArrayList<>();

    public MemoryPendingRequests(MemoryAuditLog audit) {
        this.audit = audit;
    }

    /** The next change finds the database away. */
    public void failNext() {
        failure.arm();
    }

    @Override
    public synchronized Adding add(PendingRequest fresh, Bounds bounds, Instant now, AuditEvent event) {
        failure.strike();
        Optional<PendingRequest> before = find(fresh.request()).filter(request -> request.stands(now));
        if (before.isPresent()) {
            return new Adding.Before(before.get());
        }
        String credential = fresh.asked().credential();
        if (credential.startsWith("code:")
                && any(request -> request.asked().credential().equals(credential)
                        && !request.request().equals(fresh.request()))) {
            return new Adding.CodeSpent();
        }
        if (count(request -> open(request, now)
                        && request.asked().device().equals(fresh.asked().device()))
                >= bounds.perDevice()) {
            return new Adding.Full(true);
        }
        if (count(request -> open(request, now)) >= bounds.all()) {
            return new Adding.Full(false);
        }
        rows.add(fresh);
        audit.append(event);
        return new Adding.Added();
    }

    @Override
    public synchronized Optional<PendingRequest> find(Sha256 request) {
        return rows.stream().filter(row -> row.request().equals(request)).max(OLDEST_FIRST);
    }

    @Override
    public synchronized Optional<PendingRequest> find(PendingId id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    @Override
    public synchronized List<PendingRequest> in(State state, int limit) {
        return rows.stream()
                .filter(row -> row.state() == state)
                .sorted(OLDEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<PendingRequest> newest(int limit) {
        return rows.stream().sorted(OLDEST_FIRST.reversed()).limit(limit).toList();
    }

    @Override
    public synchronized boolean waitsUnder(String credential, Instant now) {
        return any(row -> open(row, now) && row.asked().credential().equals(credential));
    }

    @Override
    public synchronized boolean decide(
            PendingId id, State to, PendingRequest.Word word, Instant expiresAt, AuditEvent event) {
        return change(id, State.WAITING, row -> with(row, to, expiresAt, Optional.of(word), row.serial()), event);
    }

    @Override
    public synchronized boolean grant(PendingId id, SerialNumber serial, AuditEvent event) {
        return change(
                id,
                State.APPROVED,
                row -> with(row, State.GRANTED, row.expiresAt(), row.decision(), Optional.of(serial)),
                event);
    }

    @Override
    public synchronized List<PendingRequest> expire(Instant now, int limit) {
        List<PendingRequest> over = rows.stream()
                .filter(row -> (row.state() == State.WAITING || row.state() == State.APPROVED)
                        && !row.expiresAt().isAfter(now))
                .limit(limit)
                .toList();
        over.forEach(row -> {
            var facts = Map.of(
                    "approval", row.id().value(), "was", row.state().name().toLowerCase(Locale.ROOT));
            change(
                    row.id(),
                    row.state(),
                    old -> with(old, State.EXPIRED, old.expiresAt(), old.decision(), old.serial()),
                    Cause.SYSTEM.event(
                            now,
                            "enrolment.expired",
                            Holder.of(row.asked().device()).toString(),
                            facts));
        });
        return over;
    }

    @Override
    public synchronized void forget(Instant before) {
        rows.removeIf(row -> row.state() != State.WAITING
                && row.state() != State.APPROVED
                && row.expiresAt().isBefore(before));
    }

    private boolean change(
            PendingId id, State from, java.util.function.UnaryOperator<PendingRequest> change, AuditEvent event) {
        failure.strike();
        Optional<PendingRequest> found = find(id).filter(row -> row.state() == from);
        found.ifPresent(row -> {
            rows.set(rows.indexOf(row), change.apply(row));
            audit.append(event);
        });
        return found.isPresent();
    }

    private boolean any(Predicate<PendingRequest> wanted) {
        return rows.stream().anyMatch(wanted);
    }

    private long count(Predicate<PendingRequest> wanted) {
        return rows.stream().filter(wanted).count();
    }

    private static boolean open(PendingRequest row, Instant now) {
        return (row.state() == State.WAITING || row.state() == State.APPROVED)
                && row.expiresAt().isAfter(now);
    }

    private static PendingRequest with(
            PendingRequest row,
            State state,
            Instant expiresAt,
            Optional<PendingRequest.Word> word,
            Optional<SerialNumber> serial) {
        return new PendingRequest(row.id(), row.request(), state, row.asked(), row.askedAt(), expiresAt, word, serial);
    }
}
