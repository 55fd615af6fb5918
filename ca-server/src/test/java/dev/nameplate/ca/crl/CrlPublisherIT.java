package dev.nameplate.ca.crl;

import static dev.nameplate.ca.crl.CrlHouse.DEVICES;
import static dev.nameplate.ca.crl.CrlHouse.EVERY;
import static dev.nameplate.ca.crl.CrlHouse.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.testkit.FlakyKey;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing, with the database in memory and the files on the disk. */
@SuppressWarnings("JavaUtilDate") // Bouncy Castle gives nothing else
class CrlPublisherIT {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private CrlHouse house(int shards) {
        CrlHouse house = new CrlHouse(directory, shards);
        house.look();
        return house;
    }

    @Test
    void publishesTheCrlOfEveryIssuerAtOnce() throws Exception {
        CrlHouse house = house(0);

        assertThat(house.verifies(FULL)).isTrue();
        assertThat(house.entries(FULL)).isZero();
        assertThat(Files.readSymbolicLink(directory.resolve("crl/devices.crl"))).isEqualTo(Path.of("devices/g1.crl"));
        assertThat(directory.resolve("crl/root/g1.crl")).isRegularFile();
        assertThat(house.publisher().settled()).isTrue();
        try (InputStream gzip = new GZIPInputStream(Files.newInputStream(directory.resolve("crl/devices/g1.crl.gz")))) {
            assertThat(gzip.readAllBytes()).isEqualTo(Files.readAllBytes(house.file(FULL)));
        }
    }

    @Test
    void recordsWhatItPublishesInTheTrail() {
        CrlHouse house = house(0);

        assertThat(house.ca.store.audit().last().map(AuditEntry::event))
                .hasValueSatisfying(event -> assertThat(event.action()).isEqualTo("crl.published"));
        assertThat(house.crls.all()).extracting(PublishedCrl::number).containsExactly(1L, 1L);
    }

    @Test
    void listsHeldAndRevokedCertificatesAndNoReleasedOnes() throws Exception {
        CrlHouse house = house(0);
        IssuedCertificate revoked = house.issue();
        IssuedCertificate held = house.issue();
        IssuedCertificate good = house.issue();
        house.revoke(revoked);
        house.revocations.hold(held.issuer(), held.serial(), Optional.empty(), Cause.SYSTEM);
        house.lookAfter(SECOND);

        assertThat(reason(house, revoked)).isEqualTo(1);
        assertThat(reason(house, held)).isEqualTo(6);
        assertThat(house.lists(FULL, good)).isFalse();

        house.revocations.release(held.issuer(), held.serial(), Cause.SYSTEM);
        house.lookAfter(SECOND);
        assertThat(house.lists(FULL, held)).isFalse();
        assertThat(house.number(FULL)).isEqualTo(3);
    }

    @Test
    void publishesNothingThatNothingHappenedTo() {
        CrlHouse house = house(0);
        int published = house.published.size();

        house.lookAfter(EVERY.minus(SECOND));
        assertThat(house.published).hasSize(published);

        house.lookAfter(SECOND);
        assertThat(house.published).hasSize(published * 2);
    }

    @Test
    void publishesOnlyTheTouchedShardAndTheFullOneOnSchedule() throws Exception {
        CrlHouse house = house(8);
        IssuedCertificate revoked = house.issue();
        var shard = new CrlScope(DEVICES, house.shardOf(revoked));
        house.published.clear();
        house.revoke(revoked);

        house.lookAfter(SECOND);

        assertThat(house.published).extracting(PublishedCrl::scope).containsExactly(shard);
        assertThat(house.lists(shard, revoked)).isTrue();
        assertThat(house.lists(FULL, revoked)).isFalse();
        house.lookAfter(EVERY);
        assertThat(house.lists(FULL, revoked)).isTrue();
        assertThat(house.shown(FULL).getExtensions().getCriticalExtensionOIDs()).isEmpty();
        assertThat(house.shown(shard).getExtensions().getCriticalExtensionOIDs())
                .containsExactly(Extension.issuingDistributionPoint);
    }

    @Test
    void publishesFirstWhatSomebodyWaitsForThoughEveryShardIsDue() {
        CrlHouse house = house(40);
        IssuedCertificate revoked = house.issue();
        house.revoke(revoked);
        house.published.clear();

        house.lookAfter(EVERY);

        assertThat(house.published)
                .hasSize(42)
                .first()
                .returns(new CrlScope(DEVICES, house.shardOf(revoked)), PublishedCrl::scope);
    }

    @Test
    void keepsPublishingShardsThatProfilesNoLongerHave() {
        CrlHouse house = house(3);
        house.restart();
        var fewer = new CrlHouse(directory, 0);
        house.crls.points().forEach(fewer.crls::note);
        fewer.publisher().prepare();
        fewer.look();

        assertThat(fewer.crls.all())
                .extracting(PublishedCrl::scope)
                .containsAll(IntStream.rangeClosed(0, 3)
                        .mapToObj(shard -> new CrlScope(DEVICES, shard))
                        .toList());
    }

    @Test
    void dropsWhatExpiredOnceItWasListedAfterwards() throws Exception {
        CrlHouse house = house(0);
        IssuedCertificate certificate = house.issue();
        house.revoke(certificate);
        house.lookAfter(SECOND);
        house.ca.clock.set(certificate.notAfter().minus(SECOND));
        house.look();
        assertThat(house.lists(FULL, certificate)).isTrue();

        house.lookAfter(EVERY);
        assertThat(house.lists(FULL, certificate))
                .as("one more after it expired")
                .isTrue();

        house.lookAfter(EVERY);
        assertThat(house.lists(FULL, certificate)).isFalse();
    }

    @Test
    void goesOnPublishingForARetiredIssuerUntilItsLastCertificateHasExpiredAndThenOnceMore() throws Exception {
        CrlHouse house = house(0);
        IssuedCertificate last = house.issue();
        house.revoke(last);
        house.retire();
        house.lookAfter(SECOND);
        assertThat(house.lists(FULL, last)).isTrue();
        house.ca.clock.set(last.notAfter().minus(SECOND));
        house.look();
        long before = house.number(FULL);

        house.lookAfter(EVERY);
        assertThat(house.number(FULL)).as("once more").isEqualTo(before + 1);
        assertThat(house.lists(FULL, last)).isTrue();

        house.lookAfter(EVERY);
        house.lookAfter(EVERY);
        assertThat(house.number(FULL)).as("it is over").isEqualTo(before + 1);
        assertThat(house.publisher().states()).noneMatch(state -> state.scope().equals(FULL));
        assertThat(house.verifies(FULL)).as("what is there stays").isTrue();
    }

    @Test
    void neverGoesBackWhenTheClockDoes() throws Exception {
        CrlHouse house = house(0);
        Instant before = house.shown(FULL).getThisUpdate().toInstant();
        IssuedCertificate certificate = house.issue();
        house.revoke(certificate);
        house.ca.clock.set(before.minus(Duration.ofMinutes(4)));

        house.look();

        X509CRLHolder after = house.shown(FULL);
        assertThat(house.failures).isEmpty();
        assertThat(house.lists(FULL, certificate)).isTrue();
        assertThat(house.number(FULL)).isEqualTo(2);
        assertThat(after.getThisUpdate().toInstant()).isEqualTo(before);
        assertThat(after.getNextUpdate()).isEqualTo(before.plus(CrlHouse.LASTS));
    }

    @Test
    void listsNothingOfTheFutureThoughAnotherProcessMayThinkSo() throws Exception {
        CrlHouse house = house(0);
        IssuedCertificate certificate = house.issue();
        Instant now = house.ca.clock.instant();
        house.ca.clock.advance(Duration.ofMinutes(1));
        house.revoke(certificate);
        house.ca.clock.set(now.plus(SECOND));

        house.look();

        assertThat(house.shown(FULL)
                        .getRevokedCertificate(certificate.serial().value())
                        .getRevocationDate()
                        .toInstant())
                .isEqualTo(now.plus(SECOND));
    }

    @Test
    void leavesTheOneBeforeAndTriesOnWhileTheTokenIsAway() throws Exception {
        CrlHouse house = house(0);
        IssuedCertificate certificate = house.issue();
        house.revoke(certificate);
        house.ca.vault.be(FlakyKey.Mood.AWAY);

        house.lookAfter(SECOND);
        house.lookAfter(Duration.ofMillis(500));
        assertThat(house.failures).singleElement().asString().contains("the token is away");
        assertThat(house.verifies(FULL)).isTrue();
        assertThat(house.publisher().states()).anyMatch(state -> state.trouble().isPresent());

        house.ca.vault.be(FlakyKey.Mood.GOOD);
        house.lookAfter(SECOND);
        assertThat(house.lists(FULL, certificate)).isTrue();
        assertThat(house.publisher().states())
                .noneMatch(state -> state.trouble().isPresent());
        assertThat(left()).isEmpty();
    }

    @Test
    void showsNothingThatWasNotRecorded() throws Exception {
        CrlHouse house = house(0);
        byte[] before = Files.readAllBytes(house.file(FULL));
        house.revoke(house.issue());
        house.crls.failNext();

        house.lookAfter(SECOND);

        assertThat(house.failures).hasSize(1);
        assertThat(house.file(FULL)).hasBinaryContent(before);
        house.lookAfter(SECOND);
        assertThat(house.number(FULL)).isEqualTo(2);
        assertThat(house.entries(FULL)).isEqualTo(1);
    }

    @Test
    void showsAfterARestartWhatWasRecordedBeforeTheProcessDied() throws Exception {
        CrlHouse house = house(0);
        IssuedCertificate certificate = house.issue();
        house.revoke(certificate);
        house.crls.dieAfterRecording();
        house.ca.clock.advance(SECOND);
        house.publisher().look();
        assertThat(house.lists(FULL, certificate)).isFalse();
        assertThat(house.number(FULL)).isEqualTo(2);

        house.restart();
        house.publisher().look();

        assertThat(house.lists(FULL, certificate)).isTrue();
        assertThat(house.number(FULL)).isEqualTo(2);
        house.publisher().tidy();
        assertThat(left()).isEmpty();
    }

    @Test
    void publishesAnewWhenTheRecordedOneIsNowhere() throws Exception {
        CrlHouse house = house(0);
        Files.write(house.file(FULL), new byte[] {1});
        house.restart();

        house.look();

        assertThat(house.verifies(FULL)).isTrue();
        assertThat(house.number(FULL)).isEqualTo(2);
    }

    @Test
    void replacesAFileThatSomebodyRemoved() throws Exception {
        CrlHouse house = house(0);
        Files.delete(house.file(FULL));

        house.lookAfter(Duration.ofMinutes(2));

        assertThat(house.verifies(FULL)).isTrue();
    }

    @Test
    void removesWhatAKilledProcessLeftHalfWritten() throws Exception {
        CrlHouse house = house(0);
        Files.writeString(directory.resolve("crl/devices/.g1.crl.2"), "half");
        Files.writeString(directory.resolve("crl/devices/.g1.crl.2.entries"), "half");
        house.restart();
        house.look();

        house.publisher().tidy();

        assertThat(left()).isEmpty();
        house.revoke(house.issue());
        house.lookAfter(SECOND);
        assertThat(house.verifies(FULL)).isTrue();
    }

    @Test
    void leavesItToWhoeverHasTheLease() {
        CrlHouse house = house(0);
        assertThat(house.crls.take("crl", "somebody", SECOND)).isTrue();
        house.published.clear();
        house.revoke(house.issue());

        house.lookAfter(SECOND);
        assertThat(house.published).isEmpty();

        house.crls.release("crl", "somebody");
        house.lookAfter(SECOND);
        assertThat(house.published).hasSize(1);
    }

    @Test
    void twoPublishersAtOnceNeverUseANumberTwice() throws Exception {
        CrlHouse house = house(0);
        house.revoke(house.issue());
        house.ca.clock.advance(SECOND);
        CrlPublisher other = house.publisher("other");
        house.crls.onRead(() -> {
            house.crls.release("crl", "one");
            other.look();
            other.look();
        });

        house.look();

        assertThat(house.failures).isEmpty();
        assertThat(house.published)
                .filteredOn(crl -> crl.scope().equals(FULL))
                .extracting(PublishedCrl::number)
                .containsExactly(1L, 2L);
        assertThat(house.verifies(FULL)).isTrue();
        assertThat(house.entries(FULL)).isEqualTo(1);
    }

    /** Compressing a large one takes as long as publishing the next. */
    @Test
    void compressesNothingThatIsOutdatedAlready() throws Exception {
        CrlHouse house = house(0);
        IssuedCertificate first = house.issue();
        IssuedCertificate second = house.issue();
        Path compressed = house.file(FULL).resolveSibling("g1.crl.gz");
        assertThat(compressed).exists();
        house.revoke(first);
        house.ca.clock.advance(SECOND);
        house.awakened = () -> {
            house.awakened = () -> {};
            house.revoke(second);
            house.publisher().look();
        };

        house.publisher().look();

        assertThat(house.lists(FULL, first)).isTrue();
        assertThat(compressed).doesNotExist();
        house.lookAfter(SECOND);
        assertThat(house.lists(FULL, second)).isTrue();
        assertThat(compressed).exists();
        assertThat(left()).isEmpty();
    }

    @Test
    void publishesWhenAsked() {
        CrlHouse house = house(0);
        house.ca.clock.advance(SECOND);

        CompletableFuture<CrlOutcome> outcome = house.publisher().publish(FULL);
        house.look();

        assertThat(outcome)
                .isCompletedWithValueMatching(
                        done -> done instanceof CrlOutcome.Published(var crl, var _) && crl.number() == 2);
    }

    @Test
    void refusesToSignWithoutEndWhenTheIssuersCertificateHasEnded() {
        CrlHouse house = house(0);
        house.published.clear();
        house.ca.clock.set(Instant.parse("9999-12-31T23:59:59Z").plus(SECOND));

        house.look();

        assertThat(house.published).isEmpty();
        assertThat(house.failures).isEmpty();
    }

    private List<Path> left() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static int reason(CrlHouse house, IssuedCertificate certificate) throws Exception {
        X509CRLEntryHolder entry =
                house.shown(FULL).getRevokedCertificate(certificate.serial().value());
        return ASN1Enumerated.getInstance(
                        entry.getExtension(Extension.reasonCode).getParsedValue())
                .intValueExact();
    }
}
