package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Batch.State;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The office's side of the factory: batches are made, shown, paused and opened again. */
public final class WorkOrders {
    private final BatchRegister batches;
    private final StationRegister stations;
    private final UnitRegister units;
    private final Profiles profiles;
    private final Predicate<IssuerName> signing;
    private final InstantSource clock;

    /** @param signing whether an issuer has a key and its certificate now */
    public WorkOrders(
            BatchRegister batches,
            StationRegister stations,
            UnitRegister units,
            Profiles profiles,
            Predicate<IssuerName> signing,
            InstantSource clock) {
        this.batches = batches;
        this.stations = stations;
        this.units = units;
        this.profiles = profiles;
        this.signing = signing;
        this.clock = clock;
    }

    /** Refuses a taken name, an unknown profile, one whose issuer cannot sign yet, and unknown stations. */
    public BatchChange create(BatchName name, WorkOrder order, Set<OperatorName> places, Cause cause) {
        Instant now = now();
        Optional<Refusal> objection = objectionTo(order.profile()).or(() -> objectionTo(places));
        if (objection.isPresent()) {
            return new BatchChange.Refused(objection.get());
        }
        var batch = new Batch(name, order, places, State.OPEN, 0, now, Optional.empty());
        Map<String, String> facts = Map.of(
                "product", order.product(),
                "profile", order.profile().value(),
                "quota", Integer.toString(order.quota()),
                "keys", order.keys().origin().word());
        return batches.create(batch, cause.event(now, "batch.created", "batch:" + name, facts))
                ? new BatchChange.Done(batch)
                : new BatchChange.Refused(new Refusal.AlreadyExists("batch " + name));
    }

    /** Puts ids on the list of a batch that has one. */
    public BatchChange allow(BatchName name, Set<DeviceId> ids, Cause cause) {
        Optional<Batch> batch = batches.find(name);
        if (batch.isEmpty()) {
            return new BatchChange.Refused(new Refusal.NotFound("batch " + name));
        }
        if (!(batch.get().order().serials() instanceof Serials.Listed)) {
            return new BatchChange.Refused(
                    new Refusal.NotPossibleNow("batch " + name, "it has no list of units; its serials are others"));
        }
        Optional<Refusal> closed = batch.get().objectionToGoingOn();
        if (closed.isPresent()) {
            return new BatchChange.Refused(closed.get());
        }
        Map<String, String> facts = Map.of("ids", Integer.toString(ids.size()));
        int added = batches.allow(name, ids, cause.event(now(), "batch.listed", "batch:" + name, facts));
        assert added <= ids.size();
        return new BatchChange.Done(batch.get());
    }

    /** @return what became of each; empty if there is no such batch */
    public List<Harvest.Result> harvest(BatchName name, List<Harvest.Reading> readings, OperatorName by, Cause cause) {
        return units.harvest(new Harvest(by, now(), cause), name, readings);
    }

    public BatchChange bind(BatchName name, Set<OperatorName> places, Cause cause) {
        return objectionTo(places)
                .<BatchChange>map(BatchChange.Refused::new)
                .orElseGet(() -> batches.bind(name, places, now(), cause));
    }

    public BatchChange pause(BatchName name, Cause cause) {
        return batches.apply(new BatchOrder(State.PAUSED, now(), cause), name);
    }

    public BatchChange open(BatchName name, Cause cause) {
        return batches.apply(new BatchOrder(State.OPEN, now(), cause), name);
    }

    public Optional<BatchReport> report(BatchName name) {
        return batches.find(name)
                .map(batch -> new BatchReport(batch, batches.count(name), batches.hours(name), clock.instant()));
    }

    public List<Batch> list(Optional<BatchName> after, int limit) {
        return batches.list(after, limit);
    }

    public List<Unit> units(UnitQuery query) {
        return units.list(query);
    }

    private Optional<Refusal> objectionTo(ProfileName name) {
        Optional<Profile> profile = profiles.find(name);
        if (profile.isEmpty()) {
            return Optional.of(new Refusal.FieldWrong("profile", "there is no profile " + name));
        }
        IssuerName issuer = profile.get().issuer();
        return signing.test(issuer)
                ? Optional.empty()
                : Optional.of(new Refusal.FieldWrong(
                        "profile",
                        "the issuer " + issuer + " of profile " + name
                                + " has no certificate yet; `nameplate init` on the home of"
                                + " the stopped server makes what is new in its settings, `nameplate issuer import` brings what a CA"
                                + " elsewhere signed"));
    }

    private Optional<Refusal> objectionTo(Set<OperatorName> places) {
        return places.stream()
                .filter(place -> stations.find(place).isEmpty())
                .findFirst()
                .map(place -> new Refusal.FieldWrong("stations", "there is no station " + place));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
