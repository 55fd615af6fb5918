package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * A unit's key is certified: who asks, and when. Decided twice: before anything is signed, and where it is recorded.
 *
 * @param attributes of the device, for the profile's templates, should it not be registered yet
 */
public record UnitIssue(Caller caller, Map<String, String> attributes, Instant at, Cause cause) {
    public UnitIssue {
        attributes = Map.copyOf(attributes);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** Why this key may not be certified for this unit. */
    public Optional<UnitChange.Refused> objectionTo(UnitFacts facts, Sha256 key) {
        Optional<Refusal> never = caller.objectionTo(facts.batch())
                .or(() -> caller.objectionToLineWork(facts.batch().name()))
                .or(facts::objectionToUnit)
                .or(() -> facts.objectionTo(caller));
        if (never.isPresent()) {
            return Optional.of(UnitChange.Refused.because(never.get()));
        }
        if (repeats(facts, key)) {
            return Optional.empty();
        }
        return facts.unit()
                .flatMap(unit -> objectionTo(unit, facts.batch(), key))
                .or(() -> objectionToWork(facts));
    }

    /** Whether this very key was certified for the unit, and still is what the unit has. */
    private static boolean repeats(UnitFacts facts, Sha256 key) {
        return facts.unit()
                .filter(unit -> unit.state().unconfirmed() || unit.state().confirmed())
                .flatMap(Unit::certificate)
                .filter(mine -> mine.key().equals(key))
                .isPresent();
    }

    /** @param fresh what was signed for the unit just now */
    public UnitChange on(UnitFacts facts, UnitCertificate fresh) {
        Optional<UnitChange.Refused> objection = objectionTo(facts, fresh.key());
        if (objection.isPresent()) {
            return objection.get();
        }
        Unit before = facts.unit().orElseGet(() -> Unit.reserved(facts.batch().name(), facts.id(), caller.name(), at));
        boolean supersedes = before.state().unconfirmed();
        Tally tally = before.effort().keys() == 0 ? Tally.ISSUED : supersedes ? Tally.RETRIED : Tally.NOTHING;
        return new UnitChange.Changed(
                before.certified(fresh, caller.name(), at),
                supersedes ? Optional.of(RevocationReason.SUPERSEDED) : Optional.empty(),
                tally);
    }

    private Optional<UnitChange.Refused> objectionTo(Unit unit, Batch batch, Sha256 key) {
        Optional<Refusal> refusal = switch (unit.state()) {
            case VERIFIED, CLOSED -> Optional.of(new Refusal.UnitConfirmed(unit.id(), serial(unit)));
            case SCRAPPED ->
                Optional.of(new Refusal.UnitNotReady(unit.id(), unit.state().word(), "it gets no key"));
            case RESERVED, KEYED, ISSUED, DELIVERED, WRITTEN ->
                unit.station().equals(caller.name())
                        ? retriesObjection(unit, batch)
                        : Optional.of(UnitOrder.atAnotherStation(unit));
            case REWORK -> Optional.empty();
        };
        return refusal.map(why -> new UnitChange.Refused(
                why, unit.state().confirmed() ? Optional.of(alarm("unit.duplicate", unit, key)) : Optional.empty()));
    }

    private Optional<UnitChange.Refused> objectionToWork(UnitFacts facts) {
        Batch batch = facts.batch();
        Optional<Refusal> closed = batch.objectionToWorkAt(at);
        if (closed.isPresent()) {
            return closed.map(UnitChange.Refused::because);
        }
        boolean counted = facts.slice().isPresent()
                || facts.unit().filter(unit -> unit.effort().keys() > 0).isPresent();
        return counted
                ? Optional.empty()
                : batch.objectionToOneMore()
                        .map(spent -> new UnitChange.Refused(
                                spent,
                                Optional.of(cause.event(
                                        at,
                                        "batch.quota-exceeded",
                                        "batch:" + batch.name(),
                                        Map.of(
                                                "unit",
                                                facts.id().toString(),
                                                "quota",
                                                "" + batch.order().quota())))));
    }

    private static Optional<Refusal> retriesObjection(Unit unit, Batch batch) {
        int retries = batch.order().patience().retries();
        return unit.effort().tries() > retries
                ? Optional.of(new Refusal.UnitRetriesSpent(unit.id(), retries))
                : Optional.empty();
    }

    private AuditEvent alarm(String what, Unit unit, Sha256 key) {
        return cause.event(
                at,
                what,
                "unit:" + unit.id(),
                Map.of("batch", unit.batch().toString(), "serial", serial(unit).toString(), "key", key.toString()));
    }

    private static SerialNumber serial(Unit unit) {
        return unit.certificate()
                .map(UnitCertificate::serial)
                .orElseThrow(() -> new IllegalStateException("a confirmed unit without a certificate: " + unit.id()));
    }
}
