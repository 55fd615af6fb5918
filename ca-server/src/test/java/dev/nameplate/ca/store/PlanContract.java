package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.added;
import static dev.nameplate.ca.store.Samples.event;
import static dev.nameplate.ca.store.Samples.issued;
import static dev.nameplate.ca.store.Samples.serial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.DeviceOrder;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.PlanStore;
import dev.nameplate.ca.revocation.bulk.Selection;
import dev.nameplate.ca.revocation.bulk.Selection.Listed;
import dev.nameplate.ca.revocation.bulk.Target;
import dev.nameplate.ca.revocation.bulk.Treatment;
import dev.nameplate.ca.revocation.bulk.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of plans does. */
interface PlanContract extends Ports.Source {
    PlanId PLAN = new PlanId("00112233445566aa");
    Plan.Word ALICE = new Plan.Word(new Actor("operator:alice"), Samples.NOW);
    Treatment REVOKED = new Treatment(Treatment.Kind.REVOKE, RevocationReason.KEY_COMPROMISE, Optional.empty());
    Treatment HELD = new Treatment(
            Treatment.Kind.HOLD, RevocationReason.KEY_COMPROMISE, Optional.of(Samples.NOW.plus(Duration.ofDays(14))));

    @Test
    default void keepsAPlanAsItWasMade() {
        Plan plan = draft(
                new Selection(
                        Map.of("batch", "a \"b\" 100%_\\", "chip", "x"),
                        Optional.of(Samples.PROFILE),
                        Optional.of(Samples.ISSUER),
                        Optional.of(KeyAlgorithm.EC_P256),
                        Optional.of(Samples.NOW),
                        Optional.of(Samples.NOW.plusSeconds(1)),
                        Listed.DEVICES),
                HELD);

        assertThat(plans().find(PLAN)).contains(plan);
        assertThat(plans().find(new PlanId("ffffffffffffffff"))).isEmpty();
        assertThat(plans().newest(10)).containsExactly(plan);
        assertThat(plans().in(Plan.State.DRAFT, 10)).containsExactly(plan);
        assertThat(plans().in(Plan.State.PLANNED, 10)).isEmpty();
    }

    @Test
    default void selectsByAttributesOfTheDeviceExactly() {
        device("a", Map.of("batch", "7 \"x\"", "line", "1"));
        device("b", Map.of("batch", "7 \"x\"y"));
        device("c", Map.of("other", "7 \"x\""));
        issue(1, "a");
        issue(2, "b");
        issue(3, "c");

        assertThat(selected(attribute("batch", "7 \"x\""))).containsExactly(serial(1));
        assertThat(selected(attribute("batch", "7%"))).isEmpty();
    }

    @Test
    default void selectsByEverythingGivenTogether() {
        device("a", Map.of());
        issue(1, "a");
        issue(2, "a");
        var profile = Optional.of(Samples.PROFILE);
        var key = Optional.of(KeyAlgorithm.EC_P256);

        assertThat(selected(selection(profile, Optional.of(Samples.ISSUER), key)))
                .hasSize(2);
        assertThat(selected(selection(Optional.of(new ProfileName("idevid")), Optional.empty(), key)))
                .isEmpty();
        assertThat(selected(selection(profile, Optional.of(generation(2)), key)))
                .isEmpty();
        assertThat(selected(selection(profile, Optional.empty(), Optional.of(KeyAlgorithm.RSA_2048))))
                .isEmpty();
    }

    @Test
    default void selectsOnlyWhatDevicesHaveAndIsNeitherExpiredNorRevokedForGood() {
        issue(1, "a");
        issue(2, "a");
        issue(3, "a");
        ports().ledger()
                .record(
                        Samples.added(
                                Samples.certificate(4, "key 4"), Holder.ofCa("door"), Samples.manufacturer("door")),
                        issued());
        revoke(2);
        hold(3);

        assertThat(selected(byIssuer())).containsExactlyInAnyOrder(serial(1), serial(3));
        assertThat(selected(byIssuer(), Samples.NOW.plus(Duration.ofDays(366)))).isEmpty();
    }

    @Test
    default void selectsForAReleaseOnlyWhatIsHeldByItself() {
        device("a", Map.of());
        device("b", Map.of());
        issue(1, "a");
        issue(2, "b");
        issue(3, "a");
        hold(1);
        ports().revocations().apply(DeviceOrder.hold(Samples.NOW, Cause.SYSTEM), new DeviceId("b"));
        run(byIssuer(), new Treatment(Treatment.Kind.RELEASE, RevocationReason.UNSPECIFIED, Optional.empty()));

        assertThat(plans().items(PLAN, 0, 10)).extracting(Target::serial).containsExactly(serial(1));
        assertThat(plans().advance(PLAN, 10, Samples.NOW).progress().changed()).isEqualTo(1);

        assertThat(ports().revocations().of(Samples.ISSUER, serial(1))).contains(new Standing.Good());
    }

    @Test
    default void selectsWhatIsListedAndNamesWhatIsNotKnown() {
        device("a", Map.of());
        issue(1, "a");
        issue(2, "a");
        Plan plan = draft(only(Listed.SERIALS), REVOKED);

        assertThat(plans().list(PLAN, List.of(), List.of(serial(1), serial(1)))).contains(2L);
        assertThat(selectedBy(plan)).containsExactly(serial(1));
        assertThat(plans().unknown(PLAN, 5)).isEmpty();
        assertThat(plans().list(PLAN, List.of(new DeviceId("nobody")), List.of(serial(9))))
                .contains(4L);
        assertThat(plans().unknown(PLAN, 5)).containsExactlyInAnyOrder("device nobody", "certificate 09");
    }

    @Test
    default void closesTheListOnceItIsNoDraftAnyMore() {
        draft(only(Listed.DEVICES), REVOKED);
        move(Plan.State.DRAFT, Plan.State.SELECTING);

        assertThat(plans().list(PLAN, List.of(new DeviceId("a")), List.of())).isEmpty();
    }

    @Test
    default void carriesOutAPlanPieceByPieceAndKnowsHowFarItIs() {
        for (int number = 1; number <= 5; number++) {
            issue(number, "device-" + number);
        }
        run(byIssuer(), HELD);
        revoke(5);

        Plan first = plans().advance(PLAN, 2, Samples.NOW);
        assertThat(first.state()).isEqualTo(Plan.State.RUNNING);
        assertThat(first.progress().done()).isEqualTo(2);
        plans().advance(PLAN, 2, Samples.NOW);
        Plan last = plans().advance(PLAN, 2, Samples.NOW);
        Plan after = plans().advance(PLAN, 2, Samples.NOW);

        assertThat(last.state()).isEqualTo(Plan.State.DONE);
        assertThat(last.progress().done()).isEqualTo(5);
        assertThat(last.progress().changed()).isEqualTo(4);
        assertThat(last.progress().endedAt()).contains(Samples.NOW);
        assertThat(after).isEqualTo(last);
        assertThat(plans().items(PLAN, 0, 10))
                .filteredOn(target -> target.standing() instanceof Standing.Held)
                .hasSize(4);
        assertThat(actions()).filteredOn("certificate.held"::equals).hasSize(4);
        assertThat(actions()).endsWith("revocation.done");
        assertThat(ports().changes().after(0, 100)).hasSize(5);
    }

    @Test
    default void saysInEachEventOfWhichPlanItIsPart() {
        issue(1, "a");
        run(byIssuer(), REVOKED);

        plans().advance(PLAN, 10, Samples.NOW);

        assertThat(ports().audit().entriesAfter(0, 100))
                .extracting(entry -> entry.event())
                .filteredOn(event -> event.action().equals("certificate.revoked"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.facts()).containsEntry("plan", PLAN.value());
                    assertThat(event.actor()).isEqualTo(ALICE.by());
                });
    }

    @Test
    default void doesNothingForAPlanThatIsNotRunning() {
        issue(1, "a");
        run(byIssuer(), REVOKED);
        move(Plan.State.RUNNING, Plan.State.STOPPED);

        assertThat(plans().advance(PLAN, 10, Samples.NOW).progress().done()).isZero();

        assertThat(ports().revocations().of(Samples.ISSUER, serial(1))).contains(new Standing.Good());
    }

    @Test
    default void movesOnlyFromTheStateItIsIn() {
        draft(byIssuer(), REVOKED);

        assertThat(move(Plan.State.PLANNED, Plan.State.RUNNING)).isFalse();
        assertThat(move(Plan.State.DRAFT, Plan.State.SELECTING)).isTrue();
        plans().failed(PLAN, "nothing matches");

        Plan failed = plans().find(PLAN).orElseThrow();
        assertThat(failed.state()).isEqualTo(Plan.State.FAILED);
        assertThat(failed.progress().problem()).contains("nothing matches");
        assertThat(actions()).containsExactly("plan.moved");
    }

    @Test
    default void forgetsWhatWasNeverAppliedAndIsOld() {
        draft(byIssuer(), REVOKED);

        plans().prune(Samples.NOW);
        assertThat(plans().find(PLAN)).isPresent();
        plans().prune(Samples.NOW.plusSeconds(1));
        assertThat(plans().find(PLAN)).isEmpty();
    }

    private PlanStore plans() {
        return ports().plans();
    }

    private void device(String id, Map<String, String> attributes) {
        ports().devices()
                .register(
                        new Device(new DeviceId(id), Device.State.ACTIVE, attributes, Samples.NOW),
                        event("device.registered"));
    }

    private void issue(int number, String device) {
        ports().ledger().record(added(number, "key " + number, device), issued());
    }

    private Plan draft(Selection selection, Treatment treatment) {
        var plan = new Plan(
                PLAN,
                Plan.State.DRAFT,
                selection,
                treatment,
                ALICE,
                Optional.empty(),
                Optional.empty(),
                new Plan.Progress(0, 0, Optional.empty(), Optional.empty()));
        plans().add(plan);
        return plan;
    }

    /** Up to where it is carried out. */
    private void run(Selection selection, Treatment treatment) {
        Plan plan = draft(selection, treatment);
        move(Plan.State.DRAFT, Plan.State.SELECTING);
        List<Target> targets = new ArrayList<>();
        plans().select(plan, targets::add);
        plans().addItems(PLAN, 0, targets);
        Sha256 digest = Sha256.of(new byte[] {1});
        var world = new World(digest, targets.size(), Map.of("devices/1", targets.size()), plans().devices(PLAN), 77);
        plans().planned(PLAN, new Plan.Found(world, digest), event("revocation.planned"));
        assertThat(plans().find(PLAN).orElseThrow().found()).contains(new Plan.Found(world, digest));
        move(Plan.State.PLANNED, Plan.State.RUNNING);
        assertThat(plans().find(PLAN).orElseThrow().applied()).contains(ALICE);
    }

    private boolean move(Plan.State from, Plan.State to) {
        return plans().move(PLAN, new PlanStore.Move(from, to, ALICE), event("plan.moved"));
    }

    private List<SerialNumber> selected(Selection selection) {
        return selected(selection, Samples.NOW);
    }

    private List<SerialNumber> selected(Selection selection, Instant plannedAt) {
        return selectedBy(new Plan(
                PLAN,
                Plan.State.DRAFT,
                selection,
                REVOKED,
                new Plan.Word(ALICE.by(), plannedAt),
                Optional.empty(),
                Optional.empty(),
                new Plan.Progress(0, 0, Optional.empty(), Optional.empty())));
    }

    private List<SerialNumber> selectedBy(Plan plan) {
        List<SerialNumber> found = new ArrayList<>();
        plans().select(plan, target -> found.add(target.serial()));
        return found;
    }

    private void revoke(long number) {
        var wish = new Wish.Revoke(RevocationReason.SUPERSEDED, Optional.empty());
        ports().revocations().apply(new Order(wish, Samples.NOW, Cause.SYSTEM), Samples.ISSUER, serial(number));
    }

    private void hold(long number) {
        var wish = HELD.wish();
        ports().revocations().apply(new Order(wish, Samples.NOW, Cause.SYSTEM), Samples.ISSUER, serial(number));
    }

    private List<String> actions() {
        return ports().audit().entriesAfter(0, 100).stream()
                .map(entry -> entry.event().action())
                .filter(action -> !action.equals("certificate.issued"))
                .toList();
    }

    private static Selection attribute(String name, String value) {
        return new Selection(
                Map.of(name, value),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Listed.NOTHING);
    }

    private static Selection selection(
            Optional<ProfileName> profile, Optional<IssuerGeneration> issuer, Optional<KeyAlgorithm> key) {
        return new Selection(Map.of(), profile, issuer, key, Optional.empty(), Optional.empty(), Listed.NOTHING);
    }

    private static Selection byIssuer() {
        return selection(Optional.empty(), Optional.of(Samples.ISSUER), Optional.empty());
    }

    private static Selection only(Listed listed) {
        return new Selection(
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                listed);
    }

    private static IssuerGeneration generation(int number) {
        return new IssuerGeneration(Samples.ISSUER.issuer(), number);
    }
}
