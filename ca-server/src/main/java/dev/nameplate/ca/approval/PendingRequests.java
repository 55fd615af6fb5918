package dev.nameplate.ca.approval;

import dev.nameplate.ca.approval.PendingRequest.State;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every request that waits for an operator, and for a while those that did. Each change is atomic, and durable when it returns. */
public interface PendingRequests {
    /**
     * How many may wait, or be approved and not yet fetched, at once.
     *
     * @param perDevice of one device
     */
    record Bounds(int all, int perDevice) {}

    /** What became of a new request. */
    sealed interface Adding {
        /** It waits now. The event is recorded. */
        record Added() implements Adding {}

        /** The same request stood already, with its time not over. Nothing changed. */
        record Before(PendingRequest standing) implements Adding {}

        /** As many wait as may. Nothing changed. */
        record Full(boolean ofDevice) implements Adding {}

        /** Another request was made, or ended, under the same one-time code. Nothing changed. */
        record CodeSpent() implements Adding {}
    }

    /** @param now what expires until then counts as over */
    Adding add(PendingRequest fresh, Bounds bounds, Instant now, AuditEvent event);

    /** The newest that was made for this, whatever became of it. */
    Optional<PendingRequest> find(Sha256 request);

    Optional<PendingRequest> find(PendingId id);

    /** The oldest first. */
    List<PendingRequest> in(State state, int limit);

    /** The newest first, whatever became of them. */
    List<PendingRequest> newest(int limit);

    /** Whether something waits, or is approved, under this credential. */
    boolean waitsUnder(String credential, Instant now);

    /**
     * An operator's word on what waits.
     *
     * @param to {@link State#APPROVED} or {@link State#REJECTED}
     * @param expiresAt of what is approved
     * @return false, and nothing changed, if it does not wait any more
     */
    boolean decide(PendingId id, State to, PendingRequest.Word word, Instant expiresAt, AuditEvent event);

    /** What was approved is on record. @return false, and nothing changed, if it was not approved, or is granted already */
    boolean grant(PendingId id, SerialNumber serial, AuditEvent event);

    /** Makes an end of at most {@code limit} whose time is over. @return those it ended */
    List<PendingRequest> expire(Instant now, int limit);

    /** Deletes what ended, or was to end, before this. */
    void forget(Instant before);
}
