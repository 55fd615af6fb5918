package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.BatchChange;
import dev.nameplate.ca.factory.BatchOrder;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.FreshCertificate;
import dev.nameplate.ca.factory.Harvest;
import dev.nameplate.ca.factory.Hour;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Station;
import dev.nameplate.ca.factory.Step;
import dev.nameplate.ca.factory.Tally;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitCertificate;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitIssue;
import dev.nameplate.ca.factory.UnitOrder;
import dev.nameplate.ca.factory.UnitQuery;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.factory.Window;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches and their units, in every store. */
interface FactoryContract extends Ports.Source {
    BatchName BATCH = new BatchName("WO-1");
    OperatorName LINE = new OperatorName("line-1");
    DeviceId UNIT = new DeviceId("unit-07");
    Caller STATION = new Caller.Station(LINE);
    Instant AT = Samples.NOW.plusSeconds(5);

    @Test
    default void keepsABatchAsItWasMade() {
        Batch batch = new Batch(
                BATCH,
                new WorkOrder(
                        "Sensor 3 \"b\"",
                        Samples.PROFILE,
                        new WorkOrder.Keys(KeyOrigin.INJECTED, Protection.KEY_ENCRYPTION_KEY),
                        7,
                        new Serials.Range(new DeviceId("A-001"), new DeviceId("A-099")),
                        new Window(Optional.of(Samples.NOW), Optional.of(AT.plus(Duration.ofDays(3)))),
                        new Patience(3, Optional.of(Duration.ofHours(4)), Patience.Unverified.REVOKED)),
                Set.of(LINE, new OperatorName("line-2")),
                Batch.State.OPEN,
                0,
                Samples.NOW,
                Optional.empty());

        assertThat(ports().factory().batches().create(batch, Samples.event("batch.created")))
                .isTrue();
        assertThat(ports().factory().batches().create(batch, Samples.event("batch.created")))
                .isFalse();

        assertThat(ports().factory().batches().find(BATCH)).contains(batch);
        assertThat(ports().factory().batches().list(Optional.empty(), 5)).containsExactly(batch);
        assertThat(ports().factory().batches().list(Optional.of(BATCH), 5)).isEmpty();
        assertThat(actions()).containsExactly("batch.created");
    }

    @Test
    default void recordsAUnitItsDeviceAndItsCertificateAsOne() {
        create(2);

        Recording recording = issue(UNIT, 1, "key 1");

        assertThat(recording).isInstanceOf(Recording.Recorded.class);
        Unit unit = unit(UNIT);
        assertThat(unit.state()).isEqualTo(UnitState.ISSUED);
        assertThat(unit.has(Samples.serial(1))).isTrue();
        assertThat(unit.at(UnitState.ISSUED)).contains(AT);
        assertThat(unit.effort()).isEqualTo(new Unit.Effort(1, 0, 1));
        assertThat(ports().devices().find(UNIT).orElseThrow().attributes())
                .containsEntry("batch", "WO-1")
                .containsEntry("product", "Sensor");
        assertThat(ports().factory().batches().find(BATCH).orElseThrow().used()).isEqualTo(1);
        assertThat(ports().factory().units().wrappedKey(UNIT)).contains(new KeyPackage(new byte[] {1, 2}));
        assertThat(ports().ledger().findBySerial(Samples.serial(1))).hasSize(1);
        assertThat(actions()).containsExactly("batch.created", "certificate.issued", "device.registered");
    }

    @Test
    default void answersTheSameKeyAsBeforeAndCountsItOnce() {
        create(2);
        Recording first = issue(UNIT, 1, "key 1");

        Recording again = issue(UNIT, 2, "key 1");

        assertThat(again).isEqualTo(new Recording.AnsweredBefore(((Recording.Recorded) first).certificate()));
        assertThat(unit(UNIT).has(Samples.serial(1))).isTrue();
        assertThat(ports().factory().batches().find(BATCH).orElseThrow().used()).isEqualTo(1);
    }

    @Test
    default void replacesTheKeyOfAUnitThatHasNotProvedToHaveIt() {
        create(2);
        issue(UNIT, 1, "key 1");

        issue(UNIT, 2, "key 2");

        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(1)))
                .contains(new Standing.Revoked(AT, RevocationReason.SUPERSEDED, Optional.empty()));
        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(2))).contains(new Standing.Good());
        assertThat(unit(UNIT).has(Samples.serial(2))).isTrue();
        assertThat(unit(UNIT).effort()).isEqualTo(new Unit.Effort(2, 0, 2));
        assertThat(ports().factory().batches().find(BATCH).orElseThrow().used()).isEqualTo(1);
        assertThat(ports().factory().batches().hours(BATCH))
                .containsExactly(new Hour(LINE, Instant.parse("2026-11-21T08:00:00Z"), new Tally(1, 1, 0, 0, 0)));
    }

    @Test
    default void refusesOneUnitMoreThanTheQuotaAndSaysSoInTheTrail() {
        create(1);
        issue(UNIT, 1, "key 1");

        Recording one = issue(new DeviceId("unit-08"), 2, "key 2");

        assertThat(one).isEqualTo(new Recording.Objected(new Refusal.BatchQuotaSpent(BATCH, 1)));
        assertThat(ports().factory()
                        .units()
                        .find(BATCH, new DeviceId("unit-08"))
                        .orElseThrow()
                        .unit())
                .isEmpty();
        assertThat(ports().devices().find(new DeviceId("unit-08"))).isEmpty();
        assertThat(ports().ledger().findBySerial(Samples.serial(2))).isEmpty();
        assertThat(actions()).endsWith("batch.quota-exceeded");
    }

    @Test
    default void fiftyAtOnceGetTheLastTenUnitsAndNoMore() throws Exception {
        create(10);
        List<Recording> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Recording>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> issue(new DeviceId("unit-" + i), 100 + i, "key " + i)))
                    .toList();
            for (Future<Recording> answer : answers) {
                all.add(answer.get());
            }
        }

        assertThat(all).filteredOn(Recording.Recorded.class::isInstance).hasSize(10);
        assertThat(all)
                .filteredOn(answer -> !(answer instanceof Recording.Recorded))
                .hasSize(40)
                .containsOnly(new Recording.Objected(new Refusal.BatchQuotaSpent(BATCH, 10)));
        assertThat(ports().factory().batches().find(BATCH).orElseThrow().used()).isEqualTo(10);
    }

    @Test
    default void recordsNothingOfAUnitWhoseKeyIsAnothers() {
        create(5);
        issue(UNIT, 1, "key 1");

        Recording other = issue(new DeviceId("unit-08"), 2, "key 1");

        assertThat(other).isEqualTo(new Recording.KeyTaken());
        assertThat(ports().factory()
                        .units()
                        .find(BATCH, new DeviceId("unit-08"))
                        .orElseThrow()
                        .unit())
                .isEmpty();
        assertThat(ports().factory().batches().find(BATCH).orElseThrow().used()).isEqualTo(1);
    }

    @Test
    default void takesStepsAndRevokesWhatIsScrapped() {
        create(2);
        take(new Step.Reserve(Map.of("mac", "00:11")));
        issue(UNIT, 1, "key 1");

        assertThat(take(new Step.Advance(UnitState.DELIVERED, Samples.serial(1))))
                .isInstanceOf(UnitChange.Changed.class);
        UnitChange again = take(new Step.Advance(UnitState.DELIVERED, Samples.serial(1)));
        assertThat(again).isEqualTo(new UnitChange.Unchanged(unit(UNIT)));
        assertThat(take(new Step.Advance(UnitState.CLOSED, Samples.serial(1)))).isInstanceOf(UnitChange.Refused.class);
        take(new Step.Scrap("a dent"));

        assertThat(unit(UNIT).state()).isEqualTo(UnitState.SCRAPPED);
        assertThat(unit(UNIT).reason()).contains("a dent");
        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(1)))
                .contains(new Standing.Revoked(AT, RevocationReason.CESSATION_OF_OPERATION, Optional.empty()));
        assertThat(ports().devices().find(UNIT).orElseThrow().attributes()).containsEntry("mac", "00:11");
        assertThat(ports().factory().batches().count(BATCH)).isEqualTo(Map.of(UnitState.SCRAPPED, 1));
        assertThat(actions())
                .containsExactly(
                        "batch.created",
                        "device.registered",
                        "unit.reserved",
                        "certificate.issued",
                        "unit.delivered",
                        "certificate.revoked",
                        "unit.scrapped");
    }

    @Test
    default void aReworkedUnitGetsAnotherKeyThatIsNotCountedAgain() {
        create(1);
        issue(UNIT, 1, "key 1");
        take(new Step.Rework("wrong housing"));

        issue(UNIT, 2, "key 2");

        assertThat(unit(UNIT).state()).isEqualTo(UnitState.ISSUED);
        assertThat(unit(UNIT).effort()).isEqualTo(new Unit.Effort(1, 1, 2));
        assertThat(unit(UNIT).reason()).isEmpty();
        assertThat(ports().factory().batches().find(BATCH).orElseThrow().used()).isEqualTo(1);
        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(1)).orElseThrow())
                .isInstanceOf(Standing.Revoked.class);
    }

    @Test
    default void pagesUnitsInTheOrderOfTheirIds() {
        create(5);
        for (int i = 5; i > 0; i--) {
            issue(new DeviceId("unit-0" + i), i, "key " + i);
        }

        List<Unit> page = ports().factory().units().list(UnitQuery.all(BATCH, Optional.of(new DeviceId("unit-02")), 2));

        assertThat(page).extracting(unit -> unit.id().value()).containsExactly("unit-03", "unit-04");
    }

    @Test
    default void findsUnitsThatDidNotProveInTimeThatTheyHaveTheirKey() {
        create(5);
        issue(UNIT, 1, "key 1");

        Instant soon = AT.plus(Duration.ofMinutes(59));
        Instant late = AT.plus(Duration.ofMinutes(61));
        assertThat(ports().factory().units().overdue(soon, 9)).isEmpty();
        assertThat(ports().factory().units().overdue(late, 9)).containsExactly(unit(UNIT));
        var query = new UnitQuery(BATCH, Optional.of(UnitState.ISSUED), Optional.of(late), Optional.empty(), 9);
        assertThat(ports().factory().units().list(query)).containsExactly(unit(UNIT));
    }

    @Test
    default void bringsTheUnitsOfAClosingBatchToTheirEnd() {
        create(5);
        issue(UNIT, 1, "key 1");
        take(new Step.Scrap("a dent"));
        issue(new DeviceId("unit-08"), 2, "key 2");
        ports().factory().batches().apply(new BatchOrder(Batch.State.CLOSING, AT, Cause.SYSTEM), BATCH);

        int finished = ports().factory().units().finish(BATCH, AT, 9, Cause.SYSTEM);
        byte[] record = ports().factory().batches().close(BATCH, new byte[] {7}, AT, Cause.SYSTEM);
        byte[] another = ports().factory().batches().close(BATCH, new byte[] {8}, AT, Cause.SYSTEM);

        assertThat(finished).isEqualTo(1);
        assertThat(unit(new DeviceId("unit-08")).state()).isEqualTo(UnitState.SCRAPPED);
        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(2)).orElseThrow())
                .isInstanceOf(Standing.Revoked.class);
        assertThat(record).containsExactly(7);
        assertThat(another).containsExactly(7);
        assertThat(ports().factory().batches().closingRecord(BATCH).orElseThrow())
                .containsExactly(7);
        Batch closed = ports().factory().batches().find(BATCH).orElseThrow();
        assertThat(closed.state()).isEqualTo(Batch.State.CLOSED);
        assertThat(closed.closedAt()).contains(AT);
        assertThat(ports().factory().batches().apply(new BatchOrder(Batch.State.OPEN, AT, Cause.SYSTEM), BATCH))
                .isInstanceOf(BatchChange.Refused.class);
    }

    @Test
    default void bindsStationsToBatches() {
        var station = new Station(LINE, "Plant 2", Samples.NOW);
        assertThat(ports().factory().stations().add(station, Samples.event("station.added")))
                .isTrue();
        assertThat(ports().factory().stations().add(station, Samples.event("station.added")))
                .isFalse();
        create(1);
        assertThat(ports().factory().stations().batchesOf(LINE)).containsExactly(BATCH);

        ports().factory().batches().bind(BATCH, Set.of(new OperatorName("line-2")), AT, Cause.SYSTEM);

        assertThat(ports().factory().stations().batchesOf(LINE)).isEmpty();
        assertThat(ports().factory().stations().list()).containsExactly(station);
        assertThat(take(new Step.Reserve(Map.of())))
                .isEqualTo(new UnitChange.Refused(new Refusal.StationNotBound(LINE, BATCH), Optional.empty()));
    }

    @Test
    default void keepsAListOfUnits() {
        create(5, new Serials.Listed());

        int first = ports().factory()
                .batches()
                .allow(BATCH, Set.of(UNIT, new DeviceId("unit-08")), Samples.event("batch.listed"));
        int again = ports().factory().batches().allow(BATCH, Set.of(UNIT), Samples.event("batch.listed"));

        assertThat(first).isEqualTo(2);
        assertThat(again).isZero();
        assertThat(issue(UNIT, 1, "key 1")).isInstanceOf(Recording.Recorded.class);
        assertThat(issue(new DeviceId("unit-09"), 2, "key 2")).isInstanceOf(Recording.Objected.class);
    }

    @Test
    default void takesHarvestedKeysOnceEachAndWithinTheQuota() {
        create(2, KeyOrigin.HARVESTED);
        var harvest = new Harvest(new OperatorName("office"), AT, Cause.SYSTEM);
        Sha256 key = Sha256.of(new byte[] {1});
        var first = new Harvest.Reading(UNIT, key, Map.of("lot", "7"));
        var sameKey = new Harvest.Reading(new DeviceId("unit-08"), key, Map.of());
        var another = new Harvest.Reading(new DeviceId("unit-09"), Sha256.of(new byte[] {2}), Map.of());
        var tooMany = new Harvest.Reading(new DeviceId("unit-10"), Sha256.of(new byte[] {3}), Map.of());
        var changed = new Harvest.Reading(UNIT, Sha256.of(new byte[] {4}), Map.of());

        List<Harvest.Result> results = ports().factory()
                .units()
                .harvest(harvest, BATCH, List.of(first, first, sameKey, another, tooMany, changed));

        assertThat(results)
                .extracting(result -> result.refusal().map(Object::getClass))
                .containsExactly(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Refusal.KeyTaken.class),
                        Optional.empty(),
                        Optional.of(Refusal.BatchQuotaSpent.class),
                        Optional.of(Refusal.AlreadyExists.class));
        assertThat(unit(UNIT).state()).isEqualTo(UnitState.KEYED);
        assertThat(ports().devices().find(UNIT).orElseThrow().attributes())
                .containsEntry("pinned-key", key.toString())
                .containsEntry("lot", "7");
        assertThat(ports().ledger().holderOfKey(key)).contains(Holder.of(UNIT));
        assertThat(ports().factory().batches().find(BATCH).orElseThrow().used()).isEqualTo(2);
    }

    private void create(int quota) {
        create(quota, new Serials.Any());
    }

    private void create(int quota, KeyOrigin origin) {
        create(quota, new Serials.Any(), origin);
    }

    private void create(int quota, Serials serials) {
        create(quota, serials, KeyOrigin.DEVICE);
    }

    private void create(int quota, Serials serials, KeyOrigin origin) {
        var order = new WorkOrder(
                "Sensor",
                Samples.PROFILE,
                new WorkOrder.Keys(origin, Protection.NONE),
                quota,
                serials,
                Window.ALWAYS,
                new Patience(3, Optional.of(Duration.ofHours(1)), Patience.Unverified.REVOKED));
        var batch = new Batch(BATCH, order, Set.of(LINE), Batch.State.OPEN, 0, Samples.NOW, Optional.empty());
        ports().factory().batches().create(batch, Samples.event("batch.created"));
    }

    private Recording issue(DeviceId unit, long serial, String key) {
        CertificateDer certificate = Samples.certificate(serial, key);
        var added = new NewCertificate(
                certificate,
                Samples.ISSUER,
                Samples.PROFILE,
                Holder.of(unit),
                LabelName.NONE,
                new Credential.Unit(BATCH, unit),
                0,
                0);
        var mine = new UnitCertificate(
                Samples.ISSUER, certificate.serial(), certificate.keyHash(), Sha256.of(new byte[] {3}));
        return ports().factory()
                .units()
                .issue(
                        new UnitIssue(STATION, Map.of(), AT, Cause.SYSTEM),
                        unit,
                        new FreshCertificate(
                                added, Samples.issued(), mine, Optional.of(new KeyPackage(new byte[] {1, 2}))))
                .recording();
    }

    private UnitChange take(Step step) {
        return ports().factory().units().apply(new UnitOrder(step, STATION, AT, Cause.SYSTEM), BATCH, UNIT);
    }

    private Unit unit(DeviceId id) {
        return ports().factory().units().find(BATCH, id).orElseThrow().unit().orElseThrow();
    }

    private List<String> actions() {
        return ports().audit().entriesAfter(0, 100).stream()
                .map(AuditEntry::event)
                .map(event -> event.action())
                .toList();
    }
}
