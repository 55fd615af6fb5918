package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A work order and how far it is.
 *
 * @param used units that ever got a certificate, or handed in the key for one
 */
public record Batch(
        BatchName name,
        WorkOrder order,
        Set<OperatorName> stations,
        State state,
        int used,
        Instant createdAt,
        Optional<Instant> closedAt) {

    /** Closing goes on until every unit is at its end; nothing else happens to the batch meanwhile. */
    public enum State {
        OPEN,
        PAUSED,
        CLOSING,
        CLOSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Batch {
        stations = Set.copyOf(stations);
    }

    public int remaining() {
        return order.quota() - used;
    }

    public Batch in(State other) {
        return new Batch(name, order, stations, other, used, createdAt, closedAt);
    }

    /** With so many more counted against its quota. */
    public Batch having(int more) {
        return new Batch(name, order, stations, state, used + more, createdAt, closedAt);
    }

    /** Why nothing new may begin now. */
    public Optional<Refusal> objectionToWorkAt(Instant now) {
        return state == State.OPEN
                ? order.window().objectionAt(now).map(why -> new Refusal.BatchNotOpen(name, why))
                : Optional.of(new Refusal.BatchNotOpen(name, "it is " + state.word()));
    }

    /** Why what has begun may not go on: pausing does not stop it. */
    Optional<Refusal> objectionToGoingOn() {
        return state == State.OPEN || state == State.PAUSED
                ? Optional.empty()
                : Optional.of(new Refusal.BatchNotOpen(name, "it is " + state.word()));
    }

    Optional<Refusal> objectionToOneMore() {
        return remaining() > 0 ? Optional.empty() : Optional.of(new Refusal.BatchQuotaSpent(name, order.quota()));
    }
}
