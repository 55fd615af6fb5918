package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Batch.State;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A batch is to be open, paused or closing from now on. */
public record BatchOrder(State wanted, Instant at, Cause cause) {
    public BatchOrder {
        if (wanted == State.CLOSED) {
            throw new IllegalArgumentException("a batch is closed by its closing record");
        }
    }

    /** @return why not, if not; being so already is no reason */
    public Optional<Refusal> objectionTo(Batch batch) {
        boolean over = batch.state() == State.CLOSED || (batch.state() == State.CLOSING && wanted != State.CLOSING);
        return over
                ? Optional.of(new Refusal.NotPossibleNow(
                        "batch " + batch.name(), "it is " + batch.state().word() + ", which is for good"))
                : Optional.empty();
    }

    public AuditEvent event(Batch batch) {
        return cause.event(
                at,
                "batch." + wanted.word(),
                "batch:" + batch.name(),
                Map.of("was", batch.state().word()));
    }
}
