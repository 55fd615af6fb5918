package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.bulk.Plan.State;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Plans of bulk revocations: made, applied, approved and stopped here, found out and carried out by {@link PlanWorker}. A plan is
 * applied only while the world is as it was when the plan was made.
 */
public final class Plans {
    /** More would be a CA whose whole issuer has to go, which the issuer's own revocation is for. */
    private static final long MOST_LISTED = 5_000_000;

    private final PlanStore store;
    private final BulkSettings settings;
    private final Supplier<Sha256> ca;
    private final InstantSource clock;
    private final SecureRandom random;

    /** @param ca the fingerprint by which this CA is told from others */
    public Plans(
            PlanStore store, BulkSettings settings, Supplier<Sha256> ca, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.settings = settings;
        this.ca = ca;
        this.clock = clock;
        this.random = random;
    }

    /** What a plan file is bound to: the CA that made it, and its own content. */
    public record Seal(Sha256 ca, Sha256 digest) {}

    /** @param finalAt of a hold; the usual time from now, if nobody says */
    public Treatment treatment(Treatment.Kind kind, RevocationReason reason, Optional<Instant> finalAt) {
        return switch (kind) {
            case REVOKE, RELEASE -> new Treatment(kind, reason, Optional.empty());
            case HOLD ->
                new Treatment(
                        kind,
                        reason,
                        finalAt.or(() -> Optional.of(clock.instant().plus(settings.finalAfter()))));
        };
    }

    /** The fingerprint by which this CA is told from others. */
    public Sha256 ca() {
        return ca.get();
    }

    /** Those that wait for a second operator. */
    public List<Plan> awaiting(int limit) {
        return store.in(State.AWAITING, limit);
    }

    public PlanOutcome draft(Selection selection, Treatment treatment, Cause cause) {
        Instant now = clock.instant();
        if (treatment.finalAt().filter(at -> !at.isAfter(now)).isPresent()) {
            return refused(new Refusal.FieldWrong("finalAt", "it is not in the future"));
        }
        var plan = Plan.draft(PlanId.random(random), selection, treatment, new Plan.Word(cause.actor(), now));
        store.add(plan);
        return new PlanOutcome.Done(plan);
    }

    /** Names certificates of a draft one by one, a few at a time. */
    public PlanOutcome list(PlanId id, List<DeviceId> devices, List<SerialNumber> serials) {
        Optional<Plan> plan = store.find(id);
        if (plan.isEmpty()) {
            return unknown(id);
        }
        Selection.Listed wanted = plan.get().selection().listed();
        boolean fits = (devices.isEmpty() || wanted == Selection.Listed.DEVICES)
                && (serials.isEmpty() || wanted == Selection.Listed.SERIALS);
        if (!fits) {
            return refused(new Refusal.NotPossibleNow("plan " + id, "it was not made for such a list"));
        }
        Optional<Long> listed = store.list(id, devices, serials);
        if (listed.isEmpty() || listed.get() > MOST_LISTED) {
            return refused(
                    new Refusal.NotPossibleNow("plan " + id, "its list is closed, or longer than " + MOST_LISTED));
        }
        return new PlanOutcome.Done(plan.get());
    }

    /** Has the server find out what a draft hits. */
    public PlanOutcome complete(PlanId id, Cause cause) {
        return move(id, State.DRAFT, State.SELECTING, "revocation.selecting", cause);
    }

    public Optional<Plan> find(PlanId id) {
        return store.find(id);
    }

    public List<Plan> newest(int limit) {
        return store.newest(limit);
    }

    /** A few certificates of a plan, for the eye. */
    public List<Target> sample(PlanId id, int size) {
        return store.items(id, 0, size);
    }

    /** @throws IOException if it cannot be written there */
    public void write(Plan plan, Plan.Found found, OutputStream out) throws IOException {
        new PlanFile(store, ca.get()).write(plan, found, out);
    }

    /** Carries a plan out, or goes on with it; what is under way or done already is left alone. */
    public PlanOutcome apply(PlanId id, Seal seal, Cause cause) {
        if (!seal.ca().equals(ca.get())) {
            return refused(new Refusal.FieldWrong(
                    "ca", "the plan is of another CA, " + seal.ca() + "; this one is " + ca.get()));
        }
        Optional<Plan> found = store.find(id);
        if (found.isEmpty()) {
            return unknown(id);
        }
        Plan plan = found.get();
        if (plan.found().filter(what -> what.digest().equals(seal.digest())).isEmpty()) {
            return refused(new Refusal.FieldWrong("digest", "the plan is not as it was made here; make a new one"));
        }
        return switch (plan.state()) {
            case PLANNED -> start(plan, cause);
            case STOPPED -> move(id, State.STOPPED, State.RUNNING, "revocation.resumed", cause);
            case AWAITING, RUNNING, DONE -> new PlanOutcome.Done(plan);
            case DRAFT, SELECTING, FAILED, REJECTED -> wrongState(plan);
        };
    }

    /** The second operator's yes, which has to be another's than the first's. */
    public PlanOutcome approve(PlanId id, Cause cause) {
        return decide(id, State.RUNNING, "revocation.approved", cause);
    }

    public PlanOutcome reject(PlanId id, Cause cause) {
        return decide(id, State.REJECTED, "revocation.rejected", cause);
    }

    public PlanOutcome stop(PlanId id, Cause cause) {
        return move(id, State.RUNNING, State.STOPPED, "revocation.stopped", cause);
    }

    private PlanOutcome start(Plan plan, Cause cause) {
        Optional<Refusal> objection = objectionTo(plan);
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        return plan.certificates() > settings.approvalAbove()
                ? move(plan.id(), State.PLANNED, State.AWAITING, "revocation.awaiting-approval", cause)
                : move(plan.id(), State.PLANNED, State.RUNNING, "revocation.started", cause);
    }

    private PlanOutcome decide(PlanId id, State to, String action, Cause cause) {
        Optional<Plan> found = store.find(id);
        if (found.isEmpty()) {
            return unknown(id);
        }
        Plan plan = found.get();
        if (plan.state() != State.AWAITING) {
            return plan.state() == to ? new PlanOutcome.Done(plan) : wrongState(plan);
        }
        boolean own =
                plan.applied().filter(word -> word.by().equals(cause.actor())).isPresent();
        if (own && to == State.RUNNING) {
            return refused(new Refusal.NotPossibleNow(
                    "plan " + id, "whoever applied it cannot approve it; another operator has to"));
        }
        Optional<Refusal> objection = to == State.RUNNING ? objectionTo(plan) : Optional.empty();
        return objection
                .<PlanOutcome>map(PlanOutcome.Refused::new)
                .orElseGet(() -> move(id, State.AWAITING, to, action, cause));
    }

    private Optional<Refusal> objectionTo(Plan plan) {
        if (plan.treatment()
                .finalAt()
                .filter(at -> !at.isAfter(clock.instant()))
                .isPresent()) {
            return Optional.of(new Refusal.NotPossibleNow(
                    "plan " + plan.id(), "the date on which its holds become final has passed; make a new one"));
        }
        Census now = new Census(plan.treatment());
        store.survey(plan, now::add);
        World then = plan.found().orElseThrow().world();
        if (now.digest().equals(then.digest())) {
            return Optional.empty();
        }
        String what = now.certificates() == then.certificates()
                ? "some of the certificates stand elsewhere, or others match"
                : now.certificates() + " certificates match now, " + then.certificates() + " did then";
        return Optional.of(new Refusal.NotPossibleNow(
                "plan " + plan.id(), "the world has changed since it was made: " + what + "; make a new plan"));
    }

    private PlanOutcome move(PlanId id, State from, State to, String action, Cause cause) {
        Optional<Plan> before = store.find(id);
        if (before.isEmpty()) {
            return unknown(id);
        }
        if (before.get().state() == to) {
            return new PlanOutcome.Done(before.get());
        }
        Instant now = clock.instant();
        var moved = new PlanStore.Move(from, to, new Plan.Word(cause.actor(), now));
        boolean done = store.move(id, moved, event(before.get(), action, now, cause));
        Plan after = store.find(id).orElse(before.get());
        return done || after.state() == to ? new PlanOutcome.Done(after) : wrongState(after);
    }

    private static AuditEvent event(Plan plan, String action, Instant now, Cause cause) {
        Map<String, String> facts = new TreeMap<>(plan.selection().words());
        facts.put("treatment", plan.treatment().kind().word());
        facts.put("reason", plan.treatment().reason().toString());
        plan.treatment().finalAt().ifPresent(at -> facts.put("final-at", at.toString()));
        plan.found().ifPresent(found -> {
            facts.put("certificates", Integer.toString(found.world().certificates()));
            facts.put("digest", found.digest().toString());
        });
        return cause.event(now, action, "plan:" + plan.id(), facts);
    }

    private static PlanOutcome wrongState(Plan plan) {
        return refused(new Refusal.NotPossibleNow(
                "plan " + plan.id(), "it is " + plan.state().name().toLowerCase(Locale.ROOT)));
    }

    private static PlanOutcome unknown(PlanId id) {
        return refused(new Refusal.NotFound("plan " + id));
    }

    private static PlanOutcome refused(Refusal refusal) {
        return new PlanOutcome.Refused(refusal);
    }
}
