package dev.nameplate.ca.renewal;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.refusal.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Brings a cohort to another key algorithm, or another key of its issuer, by pulling its renewals forward; and tells how far it is. */
public final class Campaigns {
    private static final int MOST_UNDER_WAY = 1000;

    private final CampaignStore store;
    private final Pulls pulls;
    private final Profiles profiles;
    private final InstantSource clock;

    public Campaigns(CampaignStore store, Pulls pulls, Profiles profiles, InstantSource clock) {
        this.store = store;
        this.pulls = pulls;
        this.profiles = profiles;
        this.clock = clock;
    }

    /** What became of a wish. */
    public sealed interface Outcome {
        record Done(Campaign campaign) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /** What a campaign is for: whom it brings where. */
    public record Aim(String name, Goal goal, Selector cohort) {}

    /** Asked for again, as after a lost answer, it is the one that there is: of the same name, aim and cohort, and not over. */
    public Outcome create(Aim aim, Window window, Pull.Why why, Cause cause) {
        return underWay(aim).<Outcome>map(Outcome.Done::new).orElseGet(() -> made(aim, window, why, cause));
    }

    private Optional<Campaign> underWay(Aim aim) {
        return store.newest(MOST_UNDER_WAY).stream()
                .filter(campaign -> campaign.name().equals(aim.name())
                        && campaign.goal().equals(aim.goal())
                        && campaign.pull().selector().equals(aim.cohort()))
                .filter(campaign -> campaign.pull().cancelled().isEmpty()
                        && campaign.pull().window().end().isAfter(clock.instant()))
                .findFirst();
    }

    private Outcome made(Aim aim, Window window, Pull.Why why, Cause cause) {
        Goal goal = aim.goal();
        Selector selector = aim.cohort();
        Optional<Refusal> objection =
                goal.key().flatMap(key -> objectionTo(key, selector)).or(() -> objectionTo(goal, selector));
        if (objection.isPresent()) {
            return new Outcome.Refused(objection.get());
        }
        return switch (pulls.prepare(selector, window, why, cause)) {
            case PullOutcome.Refused(var refusal) -> new Outcome.Refused(refusal);
            case PullOutcome.Done(var pull) -> {
                var campaign = new Campaign(pull, aim.name(), goal);
                store.add(
                        campaign,
                        cause.event(pull.made().at(), "campaign.created", "campaign:" + pull.id(), campaign.facts()));
                pulls.refresh();
                yield new Outcome.Done(campaign);
            }
        };
    }

    /** Devices that have not renewed by then do so when their own time comes. */
    public Outcome stop(PullId id, Cause cause) {
        Optional<Campaign> found = store.find(id);
        if (found.isEmpty()) {
            return new Outcome.Refused(new Refusal.NotFound("campaign " + id));
        }
        return switch (pulls.cancel(id, cause)) {
            case PullOutcome.Refused(var refusal) -> new Outcome.Refused(refusal);
            case PullOutcome.Done(var pull) ->
                new Outcome.Done(
                        new Campaign(pull, found.get().name(), found.get().goal()));
        };
    }

    public Optional<Campaign> find(PullId id) {
        return store.find(id);
    }

    public List<Campaign> newest(int limit) {
        return store.newest(limit);
    }

    /** Looks at every certificate of the cohort's issuer, profile or key: seconds per million. */
    public Progress progress(Campaign campaign) {
        var muster = new Muster(campaign, clock.instant(), Optional.empty(), 0);
        store.fleet(campaign.pull().selector(), muster::see);
        return muster.progress();
    }

    /** Devices that are not where they are to be, in the order of their names. */
    public List<Straggler> stragglers(Campaign campaign, Optional<DeviceId> after, int limit) {
        var muster = new Muster(campaign, clock.instant(), after, limit);
        store.fleet(campaign.pull().selector(), muster::see);
        return muster.stragglers();
    }

    /** A device gets what its profile allows, and is told by the label's csrattrs what that is. */
    private Optional<Refusal> objectionTo(KeyAlgorithm key, Selector selector) {
        List<Profile> concerned = profiles.all().stream()
                .filter(profile ->
                        selector.profile().map(profile.name()::equals).orElse(true))
                .filter(profile -> selector.issuer()
                        .or(() -> selector.generation().map(one -> one.issuer()))
                        .map(profile.issuer()::equals)
                        .orElse(true))
                .toList();
        return concerned.stream().anyMatch(profile -> profile.keys().allowed().contains(key))
                ? Optional.empty()
                : Optional.of(new Refusal.FieldWrong(
                        "toAlgorithm",
                        "no profile of the cohort allows " + key + "; add it to the keys of "
                                + concerned.stream()
                                        .map(profile -> "profiles." + profile.name())
                                        .sorted()
                                        .toList()));
    }

    private static Optional<Refusal> objectionTo(Goal goal, Selector selector) {
        boolean there = (goal.key().isPresent() || goal.generation().isPresent())
                && (goal.key().isEmpty() || goal.key().equals(selector.key()))
                && (goal.generation().isEmpty() || goal.generation().equals(selector.generation()));
        return there
                ? Optional.of(
                        new Refusal.FieldWrong("selection", "whoever it selects is where the campaign wants them"))
                : Optional.empty();
    }
}
