package dev.nameplate.ca.revocation.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.bulk.Plan.State;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.Recipe;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanWorkerTest {
    private static final Cause ALICE = new Cause(new Actor("operator:alice"), Optional.empty());
    private static final Cause BOB = new Cause(new Actor("operator:bob"), Optional.empty());
    private static final IssuerGeneration GENERATION = new IssuerGeneration(new IssuerName("devices"), 1);
    private static final BulkSettings SETTINGS = new BulkSettings(2, 4, Duration.ofDays(14));
    private static final Sha256 CA = Sha256.of(new byte[] {7});
    private static final Selection ALL = new Selection(
            Map.of(),
            Optional.of(new ProfileName("ldevid")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Selection.Listed.NOTHING);

    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final Plans plans = new Plans(store.plans(), SETTINGS, () -> CA, clock, new SecureRandom());

    @Test
    void startsASelectionThatWasCutOffFromItsBeginning() throws InterruptedException {
        issue(3);
        PlanId id = submitted();
        store.plans().addItems(id, 0, List.of(anyTarget()));

        worker().turn();

        assertThat(plan(id).state()).isEqualTo(State.PLANNED);
        assertThat(plan(id).found().orElseThrow().world().certificates()).isEqualTo(3);
        assertThat(store.plans().items(id, 0, 10)).hasSize(3);
    }

    @Test
    void goesOnWhereAnotherProcessDied() throws InterruptedException {
        issue(4);
        PlanId id = running();
        worker().turn();
        assertThat(plan(id).progress().done()).isEqualTo(2);

        while (worker().turn()) {
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(plan(id).state()).isEqualTo(State.DONE);
        assertThat(plan(id).progress().changed()).isEqualTo(4);
        assertThat(store.audit().actions())
                .filteredOn("certificate.held"::equals)
                .hasSize(4);
    }

    @Test
    void doesNothingMoreOnceItIsStoppedAndGoesOnWhenAppliedAgain() throws InterruptedException {
        issue(4);
        PlanId id = running();
        worker().turn();

        assertThat(plans.stop(id, BOB)).isInstanceOf(PlanOutcome.Done.class);
        assertThat(worker().turn()).isFalse();
        assertThat(held()).isEqualTo(2);
        assertThat(plans.apply(id, seal(id), ALICE)).isInstanceOf(PlanOutcome.Done.class);
        worker().turn();

        assertThat(held()).isEqualTo(4);
        assertThat(store.audit().actions()).contains("revocation.stopped", "revocation.resumed");
    }

    /** At every stage: before and after each piece, each by a process of its own. */
    @Test
    void endsWithExactlyThePlannedSetWhereverItIsCutOff() throws InterruptedException {
        issue(4);
        PlanId id = submitted();
        store.plans().addItems(id, 0, List.of(anyTarget()));
        worker().turn();
        assertThat(state(plans.apply(id, seal(id), ALICE))).isEqualTo(State.RUNNING);
        issue(1);
        int turns = 0;
        while (plan(id).state() != State.DONE) {
            int done = plan(id).progress().done();
            assertThat(store.audit().actions())
                    .filteredOn("certificate.held"::equals)
                    .hasSize(done);
            worker().turn();
            clock.advance(Duration.ofSeconds(1));
            turns++;
        }

        assertThat(turns).isGreaterThanOrEqualTo(2);
        assertThat(plan(id).progress().changed()).isEqualTo(4);
        assertThat(held()).isEqualTo(4);
    }

    @Test
    void tellsThoseWhoKeepSomethingAfterEachPiece() throws InterruptedException {
        issue(2);
        running();
        var feed = store.feed();

        new PlanWorker(store.plans(), SETTINGS, feed, () -> CA, clock).turn();

        assertThat(feed.seen()).isEqualTo(2);
    }

    @Test
    void takesASecondOperatorAboveTheLimitWhoeverAppliesAgain() throws InterruptedException {
        issue(5);
        PlanId id = planned();

        assertThat(state(plans.apply(id, seal(id), ALICE))).isEqualTo(State.AWAITING);
        assertThat(state(plans.apply(id, seal(id), ALICE))).isEqualTo(State.AWAITING);
        assertThat(plans.approve(id, ALICE)).isInstanceOf(PlanOutcome.Refused.class);
        assertThat(worker().turn()).isFalse();
        assertThat(state(plans.approve(id, BOB))).isEqualTo(State.RUNNING);

        assertThat(store.audit().events())
                .filteredOn(event -> event.action().equals("revocation.approved"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actor()).isEqualTo(BOB.actor());
                    assertThat(event.facts()).containsEntry("certificates", "5");
                });
    }

    @Test
    void refusesToApproveWhatHasChangedSinceItWasApplied() throws InterruptedException {
        issue(5);
        PlanId id = planned();
        plans.apply(id, seal(id), ALICE);
        issue(1);

        assertThat(plans.approve(id, BOB)).isInstanceOf(PlanOutcome.Refused.class);
        assertThat(plan(id).state()).isEqualTo(State.AWAITING);
    }

    @Test
    void refusesAPlanWhoseDateHasPassed() throws InterruptedException {
        issue(1);
        PlanId id = planned();
        clock.advance(Duration.ofDays(15));

        assertThat(plans.apply(id, seal(id), ALICE)).isInstanceOf(PlanOutcome.Refused.class);
    }

    @Test
    void refusesWhatIsNotPlannedYetOrNotKnown() {
        PlanId id =
                ((PlanOutcome.Done) plans.draft(ALL, treatment(), ALICE)).plan().id();

        assertThat(plans.stop(id, ALICE)).isInstanceOf(PlanOutcome.Refused.class);
        assertThat(plans.apply(id, new Plans.Seal(CA, CA), ALICE)).isInstanceOf(PlanOutcome.Refused.class);
        assertThat(plans.approve(id, BOB)).isInstanceOf(PlanOutcome.Refused.class);
        assertThat(plans.complete(new PlanId("ffffffffffffffff"), ALICE)).isInstanceOf(PlanOutcome.Refused.class);
        assertThat(plans.list(id, List.of(new DeviceId("a")), List.of())).isInstanceOf(PlanOutcome.Refused.class);
    }

    private PlanId submitted() {
        PlanId id =
                ((PlanOutcome.Done) plans.draft(ALL, treatment(), ALICE)).plan().id();
        assertThat(state(plans.complete(id, ALICE))).isEqualTo(State.SELECTING);
        return id;
    }

    private PlanId planned() throws InterruptedException {
        PlanId id = submitted();
        worker().turn();
        assertThat(plan(id).state()).isEqualTo(State.PLANNED);
        return id;
    }

    private PlanId running() throws InterruptedException {
        PlanId id = planned();
        assertThat(state(plans.apply(id, seal(id), ALICE))).isEqualTo(State.RUNNING);
        return id;
    }

    private Treatment treatment() {
        return plans.treatment(Treatment.Kind.HOLD, RevocationReason.KEY_COMPROMISE, Optional.empty());
    }

    private Plans.Seal seal(PlanId id) {
        return new Plans.Seal(CA, plan(id).found().orElseThrow().digest());
    }

    private Plan plan(PlanId id) {
        return store.plans().find(id).orElseThrow();
    }

    /** Another process each time: it knows nothing of what was done before. */
    private PlanWorker worker() {
        return new PlanWorker(store.plans(), SETTINGS, store.feed(), () -> CA, clock);
    }

    private static State state(PlanOutcome outcome) {
        return switch (outcome) {
            case PlanOutcome.Done(var plan) -> plan.state();
            case PlanOutcome.Refused(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Target anyTarget() {
        return new Target(GENERATION, new SerialNumber(BigInteger.TEN), new DeviceId("stale"), new Standing.Good());
    }

    private long held() {
        return store.ledger().all().stream()
                .filter(certificate -> certificate.standing() instanceof Standing.Held)
                .count();
    }

    private void issue(int count) {
        for (int i = 0; i < count; i++) {
            var certificate = Recipe.leaf("CN=sensor").selfSigned().certificate();
            store.ledger()
                    .record(
                            new NewCertificate(
                                    certificate,
                                    GENERATION,
                                    new ProfileName("ldevid"),
                                    Holder.parse("device:sensor-" + certificate.serial()),
                                    LabelName.NONE,
                                    new Credential.Itself("test " + certificate.serial()),
                                    0,
                                    0),
                            ALICE.event(clock.instant(), "certificate.issued", "device:x", Map.of()));
        }
    }
}
