package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.PENDING_REQUEST;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Requests that wait, in SQL. */
public final class JooqPendingRequests implements PendingRequests {
    private static final String OF_CODES = "code:";

    private final Database database;

    public JooqPendingRequests(Database database) {
        this.database = database;
    }

    @Override
    public Adding add(PendingRequest fresh, Bounds bounds, Instant now, AuditEvent event) {
        return database.writer().write(writing -> {
            Optional<PendingRequest> before =
                    find(PENDING_REQUEST.REQUEST.eq(fresh.request().octets()), writing.sql());
            if (before.filter(request -> request.stands(now)).isPresent()) {
                return new Adding.Before(before.get());
            }
            Optional<Adding> objection = objectionTo(fresh, bounds, now, writing.sql());
            if (objection.isPresent()) {
                return objection.get();
            }
            Batches.insert(writing.sql(), PENDING_REQUEST, List.of(PendingRows.row(fresh)));
            writing.append(event);
            return new Adding.Added();
        });
    }

    @Override
    public Optional<PendingRequest> find(Sha256 request) {
        return database.readDurable(sql -> find(PENDING_REQUEST.REQUEST.eq(request.octets()), sql));
    }

    @Override
    public Optional<PendingRequest> find(PendingId id) {
        return database.readDurable(sql -> find(PENDING_REQUEST.ID.eq(id.value()), sql));
    }

    @Override
    public List<PendingRequest> in(State state, int limit) {
        return database.readDurable(sql -> sql.selectFrom(PENDING_REQUEST)
                .where(PENDING_REQUEST.STATE.eq(state.name()))
                .orderBy(PENDING_REQUEST.ASKED_AT, PENDING_REQUEST.ID)
                .limit(limit)
                .fetch(PendingRows::request));
    }

    @Override
    public List<PendingRequest> newest(int limit) {
        return database.readDurable(sql -> sql.selectFrom(PENDING_REQUEST)
                .orderBy(PENDING_REQUEST.ASKED_AT.desc(), PENDING_REQUEST.ID)
                .limit(limit)
                .fetch(PendingRows::request));
    }

    @Override
    public boolean waitsUnder(String credential, Instant now) {
        return database.read(
                sql -> sql.fetchExists(PENDING_REQUEST, open(now).and(PENDING_REQUEST.CREDENTIAL.eq(credential))));
    }

    @Override
    public boolean decide(PendingId id, State to, PendingRequest.Word word, Instant expiresAt, AuditEvent event) {
        return database.writer().write(writing -> {
            int decided = writing.sql()
                    .update(PENDING_REQUEST)
                    .set(PENDING_REQUEST.STATE, to.name())
                    .set(PENDING_REQUEST.EXPIRES_AT, Rows.asStored(expiresAt))
                    .set(PENDING_REQUEST.DECIDED_BY, word.by().value())
                    .set(PENDING_REQUEST.DECIDED_AT, Rows.asStored(word.at()))
                    .set(PENDING_REQUEST.REASON, word.reason().orElse(null))
                    .where(PENDING_REQUEST.ID.eq(id.value()))
                    .and(PENDING_REQUEST.STATE.eq(State.WAITING.name()))
                    .execute();
            return appended(decided, event, writing);
        });
    }

    @Override
    public boolean grant(PendingId id, SerialNumber serial, AuditEvent event) {
        return database.writer().write(writing -> {
            int granted = writing.sql()
                    .update(PENDING_REQUEST)
                    .set(PENDING_REQUEST.STATE, State.GRANTED.name())
                    .set(PENDING_REQUEST.SERIAL, Certificates.octets(serial))
                    .where(PENDING_REQUEST.ID.eq(id.value()))
                    .and(PENDING_REQUEST.STATE.eq(State.APPROVED.name()))
                    .execute();
            return appended(granted, event, writing);
        });
    }

    @Override
    public List<PendingRequest> expire(Instant now, int limit) {
        return database.writer().write(writing -> {
            List<PendingRequest> over = writing.sql()
                    .selectFrom(PENDING_REQUEST)
                    .where(PENDING_REQUEST.STATE.in(State.WAITING.name(), State.APPROVED.name()))
                    .and(PENDING_REQUEST.EXPIRES_AT.le(Rows.asStored(now)))
                    .limit(limit)
                    .fetch(PendingRows::request);
            over.forEach(request -> end(request, now, writing));
            return over;
        });
    }

    @Override
    public void forget(Instant before) {
        database.writer()
                .write(writing -> writing.sql()
                        .deleteFrom(PENDING_REQUEST)
                        .where(PENDING_REQUEST.STATE.notIn(State.WAITING.name(), State.APPROVED.name()))
                        .and(PENDING_REQUEST.EXPIRES_AT.lt(Rows.asStored(before)))
                        .execute());
    }

    private static void end(PendingRequest request, Instant now, Writing writing) {
        writing.sql()
                .update(PENDING_REQUEST)
                .set(PENDING_REQUEST.STATE, State.EXPIRED.name())
                .where(PENDING_REQUEST.ID.eq(request.id().value()))
                .execute();
        writing.append(Cause.SYSTEM.event(
                now,
                "enrolment.expired",
                Holder.of(request.asked().device()).toString(),
                Map.of(
                        "approval", request.id().value(),
                        "was", request.state().name().toLowerCase(Locale.ROOT))));
    }

    private static Optional<Adding> objectionTo(PendingRequest fresh, Bounds bounds, Instant now, DSLContext sql) {
        String credential = fresh.asked().credential();
        Condition sameCode = PENDING_REQUEST
                .CREDENTIAL
                .eq(credential)
                .and(PENDING_REQUEST.REQUEST.ne(fresh.request().octets()));
        if (credential.startsWith(OF_CODES) && sql.fetchExists(PENDING_REQUEST, sameCode)) {
            return Optional.of(new Adding.CodeSpent());
        }
        Condition sameDevice = PENDING_REQUEST.DEVICE.eq(fresh.asked().device().value());
        if (sql.fetchCount(PENDING_REQUEST, open(now).and(sameDevice)) >= bounds.perDevice()) {
            return Optional.of(new Adding.Full(true));
        }
        return sql.fetchCount(PENDING_REQUEST, open(now)) >= bounds.all()
                ? Optional.of(new Adding.Full(false))
                : Optional.empty();
    }

    private static Condition open(Instant now) {
        return PENDING_REQUEST
                .STATE
                .in(State.WAITING.name(), State.APPROVED.name())
                .and(PENDING_REQUEST.EXPIRES_AT.gt(Rows.asStored(now)));
    }

    private static Optional<PendingRequest> find(Condition which, DSLContext sql) {
        return sql.selectFrom(PENDING_REQUEST)
                .where(which)
                .orderBy(PENDING_REQUEST.ASKED_AT.desc(), PENDING_REQUEST.ID)
                .limit(1)
                .fetchOptional(PendingRows::request);
    }

    private static boolean appended(int changed, AuditEvent event, Writing writing) {
        if (changed == 1) {
            writing.append(event);
        }
        return changed == 1;
    }
}
