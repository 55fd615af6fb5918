package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.FreshCertificate;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.Overdue;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.UnitCertificate;
import dev.nameplate.ca.factory.UnitIssue;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.factory.Window;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.factory.offline.Bundle;
import dev.nameplate.ca.factory.offline.BundleHeader;
import dev.nameplate.ca.factory.offline.BundleRegister;
import dev.nameplate.ca.factory.offline.Deed;
import dev.nameplate.ca.factory.offline.DrawOrder;
import dev.nameplate.ca.factory.offline.Expiry;
import dev.nameplate.ca.factory.offline.JournalEntry;
import dev.nameplate.ca.factory.offline.JournalLine;
import dev.nameplate.ca.factory.offline.Reporting;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.TestCa;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
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
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

/** Units drawn ahead of time, and what stations report of them, in every database. */
interface BundleContract extends Ports.Source {
    BatchName DRAWN_FROM = new BatchName("WO-5");
    OperatorName STATION_1 = new OperatorName("line-1");
    BundleName BUNDLE = new BundleName("0123456789abcdef0123456789abcdef");
    Instant DRAWN_AT = Samples.NOW.plusSeconds(5);
    Instant EXPIRES_AT = DRAWN_AT.plus(Duration.ofDays(3));
    KeyPair JOURNAL = journalKey();

    Database database();

    private BundleRegister bundles() {
        return new JooqBundleRegister(database());
    }

    @Test
    default void countsASliceOnceHoweverOftenItIsDrawn() {
        order(10, new Serials.Any());

        BundleRegister.Draw first = draw(BUNDLE, 4);
        BundleRegister.Draw again = draw(BUNDLE, 4);

        assertThat(first).isInstanceOf(BundleRegister.Draw.Drawn.class);
        assertThat(again).isEqualTo(first);
        assertThat(used()).isEqualTo(4);
        assertThat(bundles().units(BUNDLE, 1, 9))
                .extracting(DeviceId::value)
                .containsExactly("WO-5-v00000001", "WO-5-v00000002", "WO-5-v00000003", "WO-5-v00000004");
        assertThat(draw(BUNDLE, 5))
                .isEqualTo(new BundleRegister.Draw.Refused(
                        new Refusal.AlreadyExists("bundle " + BUNDLE), Optional.empty()));
    }

    @Test
    default void drawsTheIdsOfARangeInTheirOrder() {
        order(5, new Serials.Range(new DeviceId("S-08"), new DeviceId("S-12")));

        draw(BUNDLE, 3);
        draw(new BundleName("ffff456789abcdef0123456789abcdef"), 2);

        assertThat(bundles().units(BUNDLE, 2, 9)).extracting(DeviceId::value).containsExactly("S-09", "S-10");
        assertThat(bundles().list(DRAWN_FROM))
                .extracting(bundle -> bundle.header().units())
                .containsExactly(3, 2);
    }

    @Test
    default void drawsTheIdsOfAListInTheOrderOfTheirOctets() {
        order(3, new Serials.Listed());
        Set<DeviceId> listed = Set.of(new DeviceId("b-1"), new DeviceId("B-2"), new DeviceId("a_3"));
        ports().factory().batches().allow(DRAWN_FROM, listed, Samples.event("batch.listed"));

        draw(BUNDLE, 3);

        assertThat(bundles().units(BUNDLE, 1, 9)).extracting(DeviceId::value).containsExactly("B-2", "a_3", "b-1");
    }

    @Test
    default void fiftyStationsGetTheLastTenUnitsAndNoMore() throws Exception {
        order(10, new Serials.Any());
        List<BundleRegister.Draw> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<BundleRegister.Draw>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> draw(new BundleName("%032x".formatted(i + 1)), 1)))
                    .toList();
            for (Future<BundleRegister.Draw> answer : answers) {
                all.add(answer.get());
            }
        }

        assertThat(all).filteredOn(BundleRegister.Draw.Drawn.class::isInstance).hasSize(10);
        assertThat(used()).isEqualTo(10);
        assertThat(actions()).filteredOn("batch.quota-exceeded"::equals).hasSize(40);
    }

    @Test
    default void whatNobodyReportedIsRevokedWhenTheBundleExpiresAndTheRestStays() {
        order(4, new Serials.Any());
        draw(BUNDLE, 4);
        for (int i = 1; i <= 3; i++) {
            issueDrawn(i);
        }
        var clock = new MutableClock(DRAWN_AT);
        Reporting reporting = new Reporting(bundles(), line(clock), clock);
        List<String> journal = journal("dev-", 1);
        assertThat(report(reporting, journal)).isEqualTo(new Reporting.Outcome.Taken(1, List.of()));

        clock.set(EXPIRES_AT.plusSeconds(1));
        var expiry = new Expiry(bundles(), line(clock), clock);
        expiry.settle();
        expiry.settle();

        assertThat(state(1)).isEqualTo(UnitState.DELIVERED);
        assertThat(state(2)).isEqualTo(UnitState.SCRAPPED);
        assertThat(state(3)).isEqualTo(UnitState.SCRAPPED);
        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(1))).contains(new Standing.Good());
        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(2)))
                .contains(new Standing.Revoked(
                        EXPIRES_AT.plusSeconds(1), RevocationReason.CESSATION_OF_OPERATION, Optional.empty()));
        assertThat(used()).as("the fourth never had a certificate").isEqualTo(3);
        assertThat(bundles().unsettled(EXPIRES_AT.plusSeconds(2), 9)).isEmpty();
        assertThat(actions()).filteredOn("unit.scrapped"::equals).hasSize(2);
    }

    @Test
    default void aDayWithoutNetworkCostsNoUnitThatHadFourHoursToProveItself() {
        order(4, new Serials.Any(), new Patience(2, Optional.of(Duration.ofHours(4)), Patience.Unverified.REVOKED));
        draw(BUNDLE, 2);
        issueDrawn(1);
        issueDrawn(2);
        var clock = new MutableClock(DRAWN_AT.plus(Duration.ofDays(1)));
        var overdue = new Overdue(ports().factory().units(), line(clock), clock);

        new Expiry(bundles(), line(clock), clock).settle();
        overdue.scrap();

        assertThat(List.of(state(1), state(2))).containsOnly(UnitState.ISSUED);
        assertThat(report(new Reporting(bundles(), line(clock), clock), journal("dev-", 2)))
                .isEqualTo(new Reporting.Outcome.Taken(2, List.of()));
        overdue.scrap();
        assertThat(List.of(state(1), state(2))).containsOnly(UnitState.DELIVERED);
        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(1))).contains(new Standing.Good());
        clock.set(EXPIRES_AT.plusSeconds(1));
        new Expiry(bundles(), line(clock), clock).settle();
        overdue.scrap();
        assertThat(state(1)).as("never proved, and its bundle is over").isEqualTo(UnitState.SCRAPPED);
    }

    @Test
    default void aJournalReportedAgainChangesNothingAndOneThatComesTooLateRevivesNothing() {
        order(4, new Serials.Any());
        draw(BUNDLE, 2);
        issueDrawn(1);
        issueDrawn(2);
        var clock = new MutableClock(DRAWN_AT);
        Reporting reporting = new Reporting(bundles(), line(clock), clock);
        List<String> journal = journal("dev-", 2);
        report(reporting, journal.subList(0, 1));
        int entries = ports().audit().entriesAfter(0, 100).size();

        assertThat(report(reporting, journal.subList(0, 1))).isEqualTo(new Reporting.Outcome.Taken(1, List.of()));
        assertThat(ports().audit().entriesAfter(0, 100)).hasSize(entries);
        clock.set(EXPIRES_AT.plusSeconds(1));
        new Expiry(bundles(), line(clock), clock).settle();
        Reporting.Outcome late = report(reporting, journal);

        assertThat(late).isInstanceOfSatisfying(Reporting.Outcome.Taken.class, taken -> {
            assertThat(taken.entries()).isEqualTo(2);
            assertThat(taken.objections())
                    .extracting(each -> each.unit().value())
                    .containsExactly("WO-5-v00000002");
        });
        assertThat(state(2)).isEqualTo(UnitState.SCRAPPED);
    }

    @Test
    default void aCopyOfABundleIsAnAlarmAtItsReportAndRevokesNothingByItself() {
        order(4, new Serials.Any());
        draw(BUNDLE, 2);
        issueDrawn(1);
        issueDrawn(2);
        var clock = new MutableClock(DRAWN_AT);
        Reporting reporting = new Reporting(bundles(), line(clock), clock);
        report(reporting, journal("dev-", 2));

        Reporting.Outcome copy = report(reporting, journal("other-", 2));
        Reporting.Outcome putBack = report(reporting, journal("dev-", 1));

        assertThat(copy).isInstanceOf(Reporting.Outcome.Refused.class);
        assertThat(putBack).isInstanceOf(Reporting.Outcome.Refused.class);
        assertThat(actions()).filteredOn("bundle.forked"::equals).hasSize(2);
        assertThat(bundles().find(BUNDLE).orElseThrow().ends().alarmedAt()).isPresent();
        assertThat(state(1)).isEqualTo(UnitState.DELIVERED);
        assertThat(ports().revocations().of(Samples.ISSUER, Samples.serial(1))).contains(new Standing.Good());
    }

    @Test
    default void linesThatTheBundlesKeyDidNotSignAreAnAlarmAndChangeNothing() {
        order(4, new Serials.Any());
        draw(BUNDLE, 2);
        issueDrawn(1);
        var clock = new MutableClock(DRAWN_AT);
        Reporting reporting = new Reporting(bundles(), line(clock), clock);
        String line = journal("dev-", 1).getFirst();
        String forged = JournalLine.signed(
                        JournalLine.parse(
                                        line,
                                        bundles()
                                                .find(BUNDLE)
                                                .orElseThrow()
                                                .keys()
                                                .journal())
                                .entry(),
                        message -> sign(journalKey(), message))
                .text();
        char flipped = line.charAt(20) == 'A' ? 'B' : 'A';

        for (String wrong : List.of(forged, line.substring(0, 20) + flipped + line.substring(21), "no line", "")) {
            assertThat(report(reporting, List.of(wrong))).as(wrong).isInstanceOf(Reporting.Outcome.Refused.class);
        }

        assertThat(actions()).filteredOn("bundle.tampered"::equals).hasSize(4);
        assertThat(state(1)).isEqualTo(UnitState.ISSUED);
        assertThat(bundles().find(BUNDLE).orElseThrow().entries()).isZero();
    }

    @Test
    default void anotherStationsBundleIsAnAlarmAndChangesNothing() {
        order(4, new Serials.Any());
        draw(BUNDLE, 2);
        issueDrawn(1);
        var clock = new MutableClock(DRAWN_AT);
        Reporting reporting = new Reporting(bundles(), line(clock), clock);
        List<String> journal = journal("dev-", 1);

        Reporting.Outcome outcome =
                reporting.report(BUNDLE, new Reporting.Handed(journal, 1), new OperatorName("line-2"), Cause.SYSTEM);

        assertThat(outcome).isInstanceOf(Reporting.Outcome.Refused.class);
        assertThat(actions()).filteredOn("bundle.foreign"::equals).hasSize(1);
        assertThat(state(1)).isEqualTo(UnitState.ISSUED);
    }

    @Test
    default void keepsLinesInOneOrderForEver() {
        order(4, new Serials.Any());
        draw(BUNDLE, 2);
        List<Sha256> lines = List.of(Sha256.of(new byte[] {1}), Sha256.of(new byte[] {2}), Sha256.of(new byte[] {3}));

        assertThat(bundles().record(BUNDLE, 1, lines.subList(0, 2), Samples.event("bundle.reported")))
                .isTrue();
        assertThat(bundles().record(BUNDLE, 2, lines.subList(1, 3), Samples.event("bundle.reported")))
                .isTrue();
        assertThat(bundles().record(BUNDLE, 5, lines.subList(0, 1), Samples.event("bundle.reported")))
                .as("a gap")
                .isFalse();
        assertThat(bundles().record(BUNDLE, 3, lines.subList(0, 1), Samples.event("bundle.reported")))
                .as("another line in its place")
                .isFalse();
        assertThat(bundles().entries(BUNDLE, 1, 9)).isEqualTo(lines);
        assertThat(bundles().find(BUNDLE).orElseThrow().entries()).isEqualTo(3);
    }

    private void order(int quota, Serials serials) {
        order(quota, serials, new Patience(2, Optional.empty(), Patience.Unverified.LISTED));
    }

    private void order(int quota, Serials serials, Patience patience) {
        var order = new WorkOrder(
                "Sensor",
                Samples.PROFILE,
                new WorkOrder.Keys(KeyOrigin.INJECTED, Protection.KEY_ENCRYPTION_KEY),
                quota,
                serials,
                Window.ALWAYS,
                patience);
        ports().factory()
                .batches()
                .create(
                        new Batch(
                                DRAWN_FROM,
                                order,
                                Set.of(STATION_1),
                                Batch.State.OPEN,
                                0,
                                Samples.NOW,
                                Optional.empty()),
                        Samples.event("batch.created"));
    }

    private BundleRegister.Draw draw(BundleName name, int units) {
        var publicKey = SubjectPublicKeyInfo.getInstance(JOURNAL.getPublic().getEncoded());
        var header = new BundleHeader(name, DRAWN_FROM, STATION_1, units, DRAWN_AT, EXPIRES_AT, Keys.hashOf(publicKey));
        return bundles()
                .draw(new DrawOrder(
                        header, new Bundle.Keys(Sha256.of(new byte[] {9}), publicKey), new byte[] {1}, Cause.SYSTEM));
    }

    private void issueDrawn(int place) {
        DeviceId unit = unit(place);
        CertificateDer certificate = Samples.certificate(place, "drawn " + place);
        var added = new NewCertificate(
                certificate,
                Samples.ISSUER,
                Samples.PROFILE,
                Holder.of(unit),
                LabelName.NONE,
                new Credential.Unit(DRAWN_FROM, unit),
                0,
                0);
        var mine = new UnitCertificate(
                Samples.ISSUER, certificate.serial(), certificate.keyHash(), Sha256.of(new byte[] {3}));
        Recording recording = ports().factory()
                .units()
                .issue(
                        new UnitIssue(new Caller.Drawn(STATION_1, BUNDLE), Map.of(), DRAWN_AT, Cause.SYSTEM),
                        unit,
                        new FreshCertificate(
                                added, Samples.issued(), mine, Optional.of(new KeyPackage(new byte[] {1, 2}))))
                .recording();
        assertThat(recording).isInstanceOf(Recording.Recorded.class);
    }

    private Line line(MutableClock clock) {
        TestCa ca = TestCa.founded();
        return new Line(
                ports().factory().units(),
                ports().ledger(),
                new Line.Certifying(ca.policy, ca.issuer),
                (_, _) -> {
                    throw new AssertionError("no key is made here");
                },
                ca.store.feed(),
                clock,
                ca.random);
    }

    /** So many units, each given to a device called so. */
    private List<String> journal(String device, int units) {
        List<String> lines = new ArrayList<>();
        Sha256 previous = bundles().find(BUNDLE).orElseThrow().header().hash();
        for (int i = 1; i <= units; i++) {
            var entry = new JournalEntry(BUNDLE, i, previous, DRAWN_AT, unit(i), new Deed.Taken(device + i));
            JournalLine line = JournalLine.signed(entry, BundleContract::sign);
            lines.add(line.text());
            previous = line.hash();
        }
        return lines;
    }

    private static Reporting.Outcome report(Reporting reporting, List<String> journal) {
        return reporting.report(BUNDLE, new Reporting.Handed(journal, journal.size()), STATION_1, Cause.SYSTEM);
    }

    private UnitState state(int place) {
        return ports().factory()
                .units()
                .find(DRAWN_FROM, unit(place))
                .orElseThrow()
                .unit()
                .orElseThrow()
                .state();
    }

    private int used() {
        return ports().factory().batches().find(DRAWN_FROM).orElseThrow().used();
    }

    private List<String> actions() {
        return ports().audit().entriesAfter(0, 200).stream()
                .map(AuditEntry::event)
                .map(event -> event.action())
                .toList();
    }

    private static DeviceId unit(int place) {
        return new DeviceId("%s-v%08d".formatted(DRAWN_FROM, place));
    }

    private static byte[] sign(byte[] message) {
        return sign(JOURNAL, message);
    }

    private static byte[] sign(KeyPair key, byte[] message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair journalKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
