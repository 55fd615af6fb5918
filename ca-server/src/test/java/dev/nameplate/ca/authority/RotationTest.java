package dev.nameplate.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.CertificatePath;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.FlakyKey;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.VaultUnavailableException;
import dev.nameplate.hsm.software.SoftwareVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final IssuerName DEVICES = SampleProfiles.DEVICES;
    private static final IssuerGeneration FIRST = new IssuerGeneration(DEVICES, 1);
    private static final IssuerGeneration SECOND = new IssuerGeneration(DEVICES, 2);
    private static final IssuerGeneration OLD_ROOT = new IssuerGeneration(TestCa.ROOT, 1);
    private static final IssuerGeneration NEW_ROOT = new IssuerGeneration(TestCa.ROOT, 2);

    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final FlakyKey vault = new FlakyKey(new SoftwareVault("test"));
    private final Fleet fleet = new Fleet();
    private final World world = new World();
    private final Rotation rotation = new Rotation(
            new Rotation.Ground(
                    vault, store.issuers(), store.ledger()::claimKey, new Linter(), TestCa.issuers(Optional.empty())),
            new Rotation.Gate(fleet, world, RotationTerms.usual()),
            clock,
            new SecureRandom());
    private Authorities authorities = new Authorities(store.issuers(), vault);

    @BeforeEach
    void found() {
        new Founding(vault, store.issuers(), store.ledger()::claimKey, new Linter(), clock, new SecureRandom())
                .found(TestCa.issuers(Optional.empty()), Cause.SYSTEM);
        authorities.reload();
    }

    @Test
    void preparesOneThatNobodyIsToldOf() {
        IssuerRecord prepared = done(rotation.prepare(DEVICES, Cause.SYSTEM));

        assertThat(prepared.generation()).isEqualTo(SECOND);
        assertThat(prepared.state()).isEqualTo(IssuerRecord.State.PREPARED);
        assertThat(ChainCheck.objectionTo(prepared.chain(), clock.instant())).isEmpty();
        assertThat(followed().chainFor(DEVICES)).hasSize(2);
        assertThat(authorities.crlKeys()).hasSize(2);
    }

    @Test
    void preparesNothingTwice() {
        IssuerRecord prepared = done(rotation.prepare(DEVICES, Cause.SYSTEM));

        assertThat(done(rotation.prepare(DEVICES, Cause.SYSTEM))).isEqualTo(prepared);
        assertThat(vault.list()).hasSize(3);
    }

    @Test
    void goesOnWithTheKeyThatWasMadeBeforeItWasCutOff() {
        vault.be(FlakyKey.Mood.AWAY);
        assertThatThrownBy(() -> rotation.prepare(DEVICES, Cause.SYSTEM)).isInstanceOf(VaultUnavailableException.class);
        vault.be(FlakyKey.Mood.GOOD);
        assertThat(vault.list()).hasSize(3);

        IssuerRecord prepared = done(rotation.prepare(DEVICES, Cause.SYSTEM));

        assertThat(vault.list()).hasSize(3);
        assertThat(vault.list()).anyMatch(key -> key.uri().toString().equals(prepared.keyUri()));
    }

    @Test
    void handsOutWhatIsPublishedAndSignsWithTheOldOne() {
        published(DEVICES);

        assertThat(followed().chainFor(DEVICES)).hasSize(3);
        assertThat(authorities.activeKeyFor(DEVICES).orElseThrow().generation()).isEqualTo(FIRST);
        assertThat(authorities.answerableKeyFor(SECOND)).isPresent();
        assertThat(authorities.newsFor(DEVICES)).containsExactly(SECOND);
    }

    @Test
    void switchesWhenEnoughOfTheFleetHasTheNewChain() {
        published(DEVICES);
        fleet.is(100, 94);
        assertThat(why(rotation.activate(SECOND, Force.NOT, Cause.SYSTEM)))
                .contains("94 of 100 devices")
                .contains("rollover.fetched-percent");
        fleet.is(100, 95);

        done(rotation.activate(SECOND, Force.NOT, Cause.SYSTEM));

        assertThat(followed().activeKeyFor(DEVICES).orElseThrow().generation()).isEqualTo(SECOND);
        assertThat(authorities.record(FIRST).orElseThrow().state()).isEqualTo(IssuerRecord.State.PUBLISHED);
        assertThat(authorities.chainFor(DEVICES)).hasSize(3);
        assertThat(authorities.newsFor(DEVICES)).isEmpty();
    }

    @Test
    void switchesBeforeIfForced() {
        published(DEVICES);
        fleet.is(100, 0);

        done(rotation.activate(SECOND, Force.FORCED, Cause.SYSTEM));

        assertThat(lastAction()).isEqualTo("issuer.activated");
    }

    @Test
    void switchesNothingThatOtherProcessesCannotKnowYet() {
        done(rotation.prepare(DEVICES, Cause.SYSTEM));
        done(rotation.publish(SECOND, List.of(), Cause.SYSTEM));

        assertThat(why(rotation.activate(SECOND, Force.FORCED, Cause.SYSTEM))).contains("every process");
    }

    @Test
    void takesTheSwitchBackWithoutWaitingForAnyone() {
        active(DEVICES, SECOND);
        fleet.is(100, 0);

        done(rotation.activate(FIRST, Force.NOT, Cause.SYSTEM));

        assertThat(followed().activeKeyFor(DEVICES).orElseThrow().generation()).isEqualTo(FIRST);
        assertThat(authorities.record(SECOND).orElseThrow().state()).isEqualTo(IssuerRecord.State.PUBLISHED);
    }

    @Test
    void doesEachStepOnce() {
        active(DEVICES, SECOND);
        int steps = store.audit().entriesAfter(0, 100).size();

        done(rotation.publish(SECOND, List.of(), Cause.SYSTEM));
        done(rotation.activate(SECOND, Force.NOT, Cause.SYSTEM));

        assertThat(store.audit().entriesAfter(0, 100)).hasSize(steps);
    }

    @Test
    void onlySpeaksOfARetiredOne() {
        active(DEVICES, SECOND);
        done(rotation.retire(FIRST, Force.NOT, Cause.SYSTEM));

        assertThat(followed().chainFor(DEVICES)).hasSize(2);
        assertThat(authorities.answerableKeyFor(FIRST)).isPresent();
        assertThat(authorities.crlKeys()).anyMatch(key -> key.generation().equals(FIRST) && key.retired());
    }

    @Test
    void retiresNoneThatSigns() {
        assertThat(why(rotation.retire(FIRST, Force.FORCED, Cause.SYSTEM))).contains("the one that signs");
    }

    @Test
    void keepsTheKeyUntilItsLastCertificateHasExpired() {
        active(DEVICES, SECOND);
        done(rotation.retire(FIRST, Force.NOT, Cause.SYSTEM));
        world.lastExpiry = clock.instant().plus(Duration.ofDays(100));

        assertThat(why(rotation.destroy(FIRST, Force.NOT, Cause.SYSTEM))).contains("good until");
        clock.advance(Duration.ofDays(101));

        assertThat(done(rotation.destroy(FIRST, Force.NOT, Cause.SYSTEM)).state())
                .isEqualTo(IssuerRecord.State.ENDING);
        assertThat(vault.list()).hasSize(3);
        world.lastCrlsPublished = true;
        assertThat(done(rotation.destroy(FIRST, Force.NOT, Cause.SYSTEM)).state())
                .isEqualTo(IssuerRecord.State.DESTROYED);
        assertThat(vault.list()).hasSize(2);
        assertThat(followed().answerableKeyFor(FIRST)).isEmpty();
    }

    @Test
    void writesTheEndDownAfterItWasCutOffWithTheKeyGone() {
        active(DEVICES, SECOND);
        done(rotation.retire(FIRST, Force.NOT, Cause.SYSTEM));
        done(rotation.destroy(FIRST, Force.NOT, Cause.SYSTEM));
        IssuerRecord ending = followed().record(FIRST).orElseThrow();
        vault.destroy(dev.nameplate.hsm.KeyUri.parse(ending.keyUri()));
        world.lastCrlsPublished = true;

        assertThat(done(rotation.destroy(FIRST, Force.NOT, Cause.SYSTEM)).state())
                .isEqualTo(IssuerRecord.State.DESTROYED);
    }

    @Test
    void throwsAPreparedOneAway() {
        done(rotation.prepare(DEVICES, Cause.SYSTEM));
        world.lastCrlsPublished = true;

        assertThat(done(rotation.destroy(SECOND, Force.NOT, Cause.SYSTEM)).state())
                .isEqualTo(IssuerRecord.State.DESTROYED);
        assertThat(vault.list()).hasSize(2);
        assertThat(done(rotation.prepare(DEVICES, Cause.SYSTEM)).generation().number())
                .isEqualTo(3);
    }

    @Test
    void joinsTheOldRootAndTheNewOneBothWays() {
        clock.advance(Duration.ofDays(1));
        IssuerRecord root = published(TestCa.ROOT);
        CertificateDer oldRoot =
                followed().record(OLD_ROOT).orElseThrow().chain().getFirst();
        CertificateDer newRoot = root.chain().getFirst();
        List<CertificateDer> handedOut = authorities.chainFor(DEVICES);
        CertificateDer oldIssuer =
                authorities.record(FIRST).orElseThrow().chain().getFirst();

        assertThat(root.links()).hasSize(2);
        assertThat(handedOut).hasSize(5).contains(oldRoot, newRoot).containsAll(root.links());
        CertificateDer oldWithNew = root.links().getFirst();
        assertThat(oldWithNew.keyHash()).isEqualTo(oldRoot.keyHash());
        assertThat(oldWithNew.parsed().getNotBefore())
                .isEqualTo(oldRoot.parsed().getNotBefore());
        assertThat(leadsTo(newRoot, oldIssuer, handedOut)).isEmpty();
        assertThat(leadsTo(oldRoot, oldIssuer, handedOut)).isEmpty();
        assertThat(authorities.newsFor(DEVICES)).containsExactly(NEW_ROOT);
        assertThat(authorities.shownBy(FIRST)).containsExactly(oldIssuer, oldWithNew);
    }

    @Test
    void leadsFromBothRootsToBothIssuers() {
        active(TestCa.ROOT, NEW_ROOT);
        active(DEVICES, SECOND);
        List<CertificateDer> handedOut = followed().chainFor(DEVICES);
        CertificateDer oldRoot =
                authorities.record(OLD_ROOT).orElseThrow().chain().getFirst();
        CertificateDer newRoot =
                authorities.record(NEW_ROOT).orElseThrow().chain().getFirst();

        for (IssuerGeneration generation : List.of(FIRST, SECOND)) {
            CertificateDer issuer =
                    authorities.record(generation).orElseThrow().chain().getFirst();
            assertThat(leadsTo(oldRoot, issuer, handedOut)).isEmpty();
            assertThat(leadsTo(newRoot, issuer, handedOut)).isEmpty();
        }
        assertThat(authorities.record(SECOND).orElseThrow().chain()).endsWith(newRoot);
        assertThat(authorities.shownBy(SECOND)).hasSize(2);
    }

    @Test
    void retiresARootAfterTheIssuersBelowIt() {
        active(TestCa.ROOT, NEW_ROOT);
        clock.advance(Duration.ofMinutes(1));
        assertThat(why(rotation.retire(OLD_ROOT, Force.NOT, Cause.SYSTEM))).contains("devices/1");

        active(DEVICES, SECOND);
        done(rotation.retire(FIRST, Force.NOT, Cause.SYSTEM));
        done(rotation.retire(OLD_ROOT, Force.NOT, Cause.SYSTEM));

        assertThat(followed().chainFor(DEVICES)).hasSize(4);
    }

    @Test
    void countsTheDevicesOfEveryIssuerBelowARoot() {
        published(TestCa.ROOT);

        assertThat(rotation.reach(NEW_ROOT)).isPresent();

        assertThat(fleet.asked).containsExactlyInAnyOrder(TestCa.ROOT, DEVICES);
    }

    @Test
    void notesWhoFetchedSomethingNewAndNothingElse() {
        CertificateDer device = followed().record(FIRST).orElseThrow().chain().getFirst();
        var notes = new FetchNotes(authorities, fleet);
        notes.fetched(DEVICES, device);
        notes.flush();
        assertThat(fleet.noted).isEmpty();

        published(DEVICES);
        authorities.follow();
        for (int i = 0; i < 10; i++) {
            notes.fetched(DEVICES, device);
            notes.flush();
        }

        assertThat(fleet.noted).containsExactly(Map.entry(device, Set.of(SECOND)));
        assertThat(fleet.writes).isEqualTo(1);
    }

    private IssuerRecord published(IssuerName issuer) {
        IssuerRecord prepared = done(rotation.prepare(issuer, Cause.SYSTEM));
        IssuerRecord published = done(rotation.publish(prepared.generation(), List.of(), Cause.SYSTEM));
        clock.advance(Duration.ofMinutes(1));
        return published;
    }

    private void active(IssuerName issuer, IssuerGeneration generation) {
        assertThat(published(issuer).generation()).isEqualTo(generation);
        done(rotation.activate(generation, Force.NOT, Cause.SYSTEM));
        clock.advance(Duration.ofMinutes(1));
    }

    private Authorities followed() {
        authorities.follow();
        return authorities;
    }

    private String lastAction() {
        List<AuditEntry> entries = store.audit().entriesAfter(0, 100);
        return entries.getLast().event().action();
    }

    private Optional<String> leadsTo(CertificateDer anchor, CertificateDer issuer, List<CertificateDer> others) {
        return new CertificatePath(
                        issuer,
                        others.stream().filter(one -> !one.equals(anchor)).toList())
                .objection(anchor, clock.instant());
    }

    private static IssuerRecord done(RotationOutcome outcome) {
        return switch (outcome) {
            case RotationOutcome.Done(var issuer) -> issuer;
            case RotationOutcome.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    private static String why(RotationOutcome outcome) {
        return switch (outcome) {
            case RotationOutcome.Done(var issuer) -> throw new AssertionError("done: " + issuer);
            case RotationOutcome.Refused(Refusal.NotPossibleNow(var _, var why)) -> why;
            case RotationOutcome.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    /** So many devices, of whom so many know. */
    private static final class Fleet implements FetchedChains {
        final Map<CertificateDer, Set<IssuerGeneration>> noted = new HashMap<>();
        Set<IssuerName> asked = Set.of();
        int writes;
        private Reach reach = new Reach(0, 0);

        void is(long devices, long reached) {
            reach = new Reach(devices, reached);
        }

        @Override
        public void note(Map<CertificateDer, Set<IssuerGeneration>> fetched) {
            writes++;
            noted.putAll(fetched);
        }

        @Override
        public Reach reach(IssuerGeneration published, Set<IssuerName> issuers, Instant since, Instant now) {
            asked = issuers;
            return reach;
        }

        @Override
        public void forget(IssuerGeneration generation) {
            noted.clear();
        }
    }

    private static final class World implements Outlook {
        Instant lastExpiry = Instant.MIN;
        boolean lastCrlsPublished;

        @Override
        public Optional<Instant> lastExpiry(IssuerGeneration generation) {
            return Optional.of(lastExpiry);
        }

        @Override
        public boolean lastCrlsPublished(IssuerGeneration generation) {
            return lastCrlsPublished;
        }
    }
}
