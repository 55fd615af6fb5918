package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A step, who takes it, and when. What comes of it is decided here, from what the records say. */
public record UnitOrder(Step step, Caller caller, Instant at, Cause cause) {
    public UnitOrder {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    public UnitChange on(UnitFacts facts) {
        Optional<Refusal> objection =
                caller.objectionTo(facts.batch()).or(facts::objectionToUnit).or(() -> facts.objectionTo(caller));
        if (objection.isPresent()) {
            return UnitChange.Refused.because(objection.get());
        }
        if (step instanceof Step.Reserve) {
            return reserve(facts);
        }
        return facts.unit()
                .map(unit -> goOn(facts.batch(), unit))
                .orElseGet(() -> UnitChange.Refused.because(new Refusal.NotFound(
                        "unit " + facts.id() + " in batch " + facts.batch().name())));
    }

    /** Tells of the change. */
    public AuditEvent event(Unit now) {
        return event(now, at, cause);
    }

    public static AuditEvent event(Unit now, Instant at, Cause cause) {
        Map<String, String> facts = new TreeMap<>(Map.of("batch", now.batch().toString()));
        now.certificate().ifPresent(mine -> facts.put("serial", mine.serial().toString()));
        now.reason().ifPresent(why -> facts.put("reason", why));
        return cause.event(at, "unit." + now.state().word(), "unit:" + now.id(), facts);
    }

    /** Of the device, should it not be registered yet. */
    public Map<String, String> attributes() {
        return step instanceof Step.Reserve(var attributes) ? attributes : Map.of();
    }

    private UnitChange reserve(UnitFacts facts) {
        if (facts.unit().isPresent()) {
            Unit unit = facts.unit().get();
            return unit.station().equals(caller.name())
                    ? new UnitChange.Unchanged(unit)
                    : UnitChange.Refused.because(atAnotherStation(unit));
        }
        Batch batch = facts.batch();
        return caller.objectionToLineWork(batch.name())
                .or(() -> batch.objectionToWorkAt(at))
                .or(batch::objectionToOneMore)
                .<UnitChange>map(UnitChange.Refused::because)
                .orElseGet(() -> UnitChange.Changed.to(
                        Unit.reserved(batch.name(), facts.id(), caller.name(), at), Tally.NOTHING));
    }

    private UnitChange goOn(Batch batch, Unit unit) {
        UnitChange change = switch (step) {
            case Step.Reserve _ -> throw new IllegalStateException("reserving is no going on");
            case Step.Advance advance -> advance.on(unit, at);
            case Step.Verify verify -> verify.on(unit, at);
            case Step.Expire expire -> expire.on(unit, at);
            case Step.Scrap scrap -> scrap.on(unit, at);
            case Step.Rework rework -> rework.on(unit, at);
        };
        if (!(change instanceof UnitChange.Changed)) {
            return change;
        }
        return objectionToGoingOn(batch, unit)
                .<UnitChange>map(UnitChange.Refused::because)
                .orElse(change);
    }

    private Optional<Refusal> objectionToGoingOn(Batch batch, Unit unit) {
        boolean bringsIt = step.reaches() == UnitState.DELIVERED || step.reaches() == UnitState.WRITTEN;
        return batch.objectionToGoingOn()
                .or(() -> bringsIt && !unit.station().equals(caller.name())
                        ? Optional.of(atAnotherStation(unit))
                        : Optional.empty());
    }

    static Refusal atAnotherStation(Unit unit) {
        OperatorName station = unit.station();
        return new Refusal.UnitElsewhere(unit.id(), "station " + station);
    }
}
