package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** Who takes a step with a unit. */
public sealed interface Caller {
    OperatorName name();

    /** A machine on the line; bound to batches. */
    record Station(OperatorName name) implements Caller {}

    /** A machine on the line with what it drew ahead of time. */
    record Drawn(OperatorName name, BundleName bundle) implements Caller {}

    /** A person in the office, who may end any unit; or the CA itself. */
    record Office(OperatorName name) implements Caller {}

    /** Why this batch is not this caller's. */
    default Optional<Refusal> objectionTo(Batch batch) {
        return this instanceof Office || batch.stations().contains(name())
                ? Optional.empty()
                : Optional.of(new Refusal.StationNotBound(name(), batch.name()));
    }

    /** Why a step that only stations take is not this caller's. */
    default Optional<Refusal> objectionToLineWork(BatchName batch) {
        return this instanceof Office ? Optional.of(new Refusal.StationNotBound(name(), batch)) : Optional.empty();
    }
}
