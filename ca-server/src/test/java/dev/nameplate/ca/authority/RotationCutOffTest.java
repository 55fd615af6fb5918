package dev.nameplate.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.testkit.CutOff;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.software.SoftwareVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole life of a generation, cut off at each of its calls to token and records, before and after: the same commands, given
 * again, come to the same end.
 */
final class RotationCutOffTest {
    static Stream<Arguments> rotations() {
        return Stream.of(SampleProfiles.DEVICES, TestCa.ROOT)
                .flatMap(issuer -> Stream.of(CutOff.Side.values()).map(side -> Arguments.of(issuer, side)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rotations")
    void goesOnWhereItWasWhereverItIsCutOff(IssuerName issuer, CutOff.Side side) {
        int at = 1;
        boolean cut = true;
        while (cut) {
            World world = new World(issuer);
            CutOff cutOff = new CutOff(at, side);
            try {
                world.whole(world.rotation(cutOff));
            } catch (CutOff.Ended ended) {
                assertThat(cutOff.happened()).isTrue();
            }
            cut = cutOff.happened();

            world.whole(world.rotation(world.vault, world.store.issuers()));

            world.isDone(at + " " + side);
            at++;
        }
        assertThat(at).as("every call was one to be cut off at").isGreaterThan(10);
    }

    private static final class World {
        private final MemoryStore store = MemoryStore.empty();
        private final MutableClock clock = MutableClock.started();
        private final SoftwareVault vault = new SoftwareVault("test");
        private final Everybody devices = new Everybody();
        private final IssuerName issuer;
        private final IssuerGeneration first;
        private final IssuerGeneration second;

        World(IssuerName issuer) {
            this.issuer = issuer;
            this.first = new IssuerGeneration(issuer, 1);
            this.second = new IssuerGeneration(issuer, 2);
            new Founding(vault, store.issuers(), store.ledger()::claimKey, new Linter(), clock, new SecureRandom())
                    .found(TestCa.issuers(Optional.empty()), Cause.SYSTEM);
        }

        Rotation rotation(CutOff cutOff) {
            return rotation(cutOff.seen(KeyVault.class, vault), cutOff.seen(IssuerRegistry.class, store.issuers()));
        }

        Rotation rotation(KeyVault token, IssuerRegistry registry) {
            return new Rotation(
                    new Rotation.Ground(
                            token, registry, store.ledger()::claimKey, new Linter(), TestCa.issuers(Optional.empty())),
                    new Rotation.Gate(devices, new Spoken(), RotationTerms.usual()),
                    clock,
                    new SecureRandom());
        }

        /** What an operator types, each until it is done; what was done before is done. */
        void whole(Rotation rotation) {
            if (state(second).isEmpty() || state(second).get() == IssuerRecord.State.PREPARED) {
                done(rotation.prepare(issuer, Cause.SYSTEM));
            }
            done(rotation.publish(second, List.of(), Cause.SYSTEM));
            clock.advance(Duration.ofMinutes(1));
            done(rotation.activate(second, Force.NOT, Cause.SYSTEM));
            clock.advance(Duration.ofMinutes(1));
            done(rotation.retire(first, Force.FORCED, Cause.SYSTEM));
            done(rotation.destroy(first, Force.FORCED, Cause.SYSTEM));
        }

        void isDone(String where) {
            assertThat(state(first)).as(where).contains(IssuerRecord.State.DESTROYED);
            assertThat(state(second)).as(where).contains(IssuerRecord.State.ACTIVE);
            assertThat(devices.forgotten).as("who fetched the first, %s", where).isTrue();
            assertThat(store.issuers().list()).as(where).hasSize(3);
            assertThat(vault.list()).as("keys in the token, %s", where).hasSize(2);
            assertThat(store.audit().entriesAfter(0, 100).stream()
                            .map(entry -> entry.event().action())
                            .filter(action -> !action.equals("issuer.founded")))
                    .as(where)
                    .contains("issuer.prepared", "issuer.published", "issuer.activated", "issuer.retired")
                    .doesNotHaveDuplicates();
        }

        private Optional<IssuerRecord.State> state(IssuerGeneration generation) {
            return store.issuers().list().stream()
                    .filter(record -> record.generation().equals(generation))
                    .map(IssuerRecord::state)
                    .findFirst();
        }

        private static void done(RotationOutcome outcome) {
            assertThat(outcome).isInstanceOf(RotationOutcome.Done.class);
        }
    }

    /** Has fetched everything. */
    private static final class Everybody implements FetchedChains {
        private boolean forgotten;

        @Override
        public void note(Map<CertificateDer, Set<IssuerGeneration>> fetched) {
            throw new AssertionError("nobody fetches anything here: " + fetched);
        }

        @Override
        public Reach reach(IssuerGeneration generation, Set<IssuerName> issuers, Instant since, Instant now) {
            return new Reach(0, 0);
        }

        @Override
        public void forget(IssuerGeneration generation) {
            assertThat(generation.number()).isEqualTo(1);
            forgotten = true;
        }
    }

    /** Everything was said. */
    private static final class Spoken implements Outlook {
        @Override
        public Optional<Instant> lastExpiry(IssuerGeneration generation) {
            return Optional.empty();
        }

        @Override
        public boolean lastCrlsPublished(IssuerGeneration generation) {
            return true;
        }
    }
}
