package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.KekName;
import dev.nameplate.ca.factory.keys.KeyRecipient;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.testkit.CutOff;
import dev.nameplate.ca.testkit.MemoryHandovers;
import dev.nameplate.ca.testkit.MemoryKekBook;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.software.SoftwareInjection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KekRotationTest {
    private static final BatchName BATCH = new BatchName("WO-1");
    private static final KekNumber FIRST = new KekNumber(new OperatorName("line-1"), 1);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final int UNITS = 60;
    private static final KeyPair STATION = rsa();

    @Test
    void wrapsEveryKeyAnewAndDestroysTheOneBefore() {
        World world = new World();

        KekRotation.Begun begun = world.rotation().begin(Cause.SYSTEM);
        int left = world.rotation().turn();

        assertThat(begun.keys()).containsExactly("WO-1/line-1/2");
        assertThat(begun.troubles()).isEmpty();
        assertThat(left).as("others may still wrap under it").isEqualTo(1);
        world.opensEveryKey();
        world.clock.advance(SETTLE);
        assertThat(world.rotation().turn()).isZero();
        world.isDone();
        assertThat(world.actions()).containsSubsequence("kek.rotated", "kek.destroyed");
    }

    @Test
    void beginsNothingWhileTheOneBeforeIsNotGone() {
        World world = new World();
        world.rotation().begin(Cause.SYSTEM);

        assertThat(world.rotation().begin(Cause.SYSTEM).keys()).containsExactly("WO-1/line-1/2");

        assertThat(world.vault.keks()).hasSize(2);
    }

    @Test
    void beginsByItselfWhenAKeyIsOverItsTime() {
        World world = new World();
        assertThat(world.rotation().beginDue(Duration.ofDays(365)).keys()).isEmpty();

        world.clock.advance(Duration.ofDays(366));

        assertThat(world.rotation().beginDue(Duration.ofDays(365)).keys()).containsExactly("WO-1/line-1/2");
    }

    @Test
    void saysWhyAKeyIsNotReplacedWhoseRecipientIsNotKnown() {
        World world = new World();
        world.handovers.record(
                new Handover(
                        new BatchName("WO-2"),
                        FIRST.station(),
                        Keys.hashOf(world.recipient()),
                        world.made(new BatchName("WO-2"), FIRST),
                        world.clock.instant()),
                world.event());

        assertThat(world.rotation().begin(Cause.SYSTEM).troubles())
                .singleElement()
                .asString()
                .contains("WO-2/line-1/1", "ask for it once more");
    }

    @Test
    void leavesNoKeyBehindOfABatchThatIsClosedMeanwhile() {
        World world = new World();
        world.whileItIsMade = () -> world.book.end(BATCH);

        world.rotation().begin(Cause.SYSTEM);

        assertThat(world.vault.keks()).extracting(kek -> kek.label()).containsExactly("kek/WO-1/line-1");
        assertThat(world.actions()).doesNotContain("kek.rotated");
        world.opensEveryKey();
    }

    @Test
    void wrapsTheOthersAnewWhereSomeAreDamagedAndKeepsTheKeyOfThose() {
        World world = new World();
        List<DeviceId> damaged = World.units().subList(0, 55);
        Map<DeviceId, byte[]> good = damaged.stream().collect(Collectors.toMap(unit -> unit, world.book::wrapped));
        damaged.forEach(unit -> world.book.put(unit, BATCH, FIRST, new byte[] {1, 2, 3}));
        KekRotation rotation = world.rotation();
        rotation.begin(Cause.SYSTEM);
        world.clock.advance(SETTLE);

        assertThat(rotation.turn()).isEqualTo(1);

        assertThat(rotation.damaged())
                .extracting(KekRotation.Damaged::unit)
                .containsExactlyInAnyOrderElementsOf(damaged);
        assertThat(rotation.damaged()).first().asString().contains("the key of unit unit-", ", under WO-1/line-1/1");
        assertThat(world.vault.keks())
                .as("what they are under is not destroyed")
                .hasSize(2);
        assertThat(world.book.countUnder(world.book.former().getFirst())).isEqualTo(damaged.size());

        good.forEach((unit, key) -> world.book.put(unit, BATCH, FIRST, key));

        assertThat(rotation.turn()).isZero();
        assertThat(rotation.damaged()).isEmpty();
        world.isDone();
    }

    @ParameterizedTest
    @EnumSource(CutOff.Side.class)
    void goesOnWhereItWasWhereverItIsCutOff(CutOff.Side side) {
        int at = 1;
        boolean cut = true;
        while (cut) {
            World world = new World();
            CutOff cutOff = new CutOff(at, side);
            endsIn(() -> world.whole(world.rotation(cutOff)));
            cut = cutOff.happened();

            world.whole(world.rotation());

            world.isDone();
            at++;
        }
        assertThat(at).as("every call was one to be cut off at").isGreaterThan(10);
    }

    private static void endsIn(Runnable work) {
        try {
            work.run();
        } catch (CutOff.Ended ended) {
            assertThat(ended).isNotNull();
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A batch with units whose keys are under the first key, in a software vault. */
    private static final class World implements KekKeeping {
        private final MemoryStore store = MemoryStore.empty();
        private final MutableClock clock = MutableClock.started();
        private final SoftwareInjection vault = new SoftwareInjection("test");
        private final BatchKeys keys = new BatchKeys(vault);
        private final MemoryHandovers handovers = new MemoryHandovers(store.audit());
        private final MemoryKekBook book = new MemoryKekBook(handovers, store.audit());
        private Runnable whileItIsMade = () -> {};

        World() {
            Handover first =
                    new Handover(BATCH, FIRST.station(), Keys.hashOf(recipient()), made(BATCH, FIRST), clock.instant());
            handovers.record(first, event());
            book.knows(BATCH, FIRST.station(), recipient());
            for (DeviceId unit : units()) {
                book.put(
                        unit,
                        BATCH,
                        FIRST,
                        keys.make(name(FIRST), KeySpec.EC_P256).encryptedPrivateKeyInfo());
            }
        }

        KekRotation rotation() {
            return new KekRotation(book, this, clock, SETTLE);
        }

        KekRotation rotation(CutOff cutOff) {
            return new KekRotation(
                    cutOff.seen(KekBook.class, book), cutOff.seen(KekKeeping.class, this), clock, SETTLE);
        }

        void whole(KekRotation rotation) {
            if (book.destructions(BATCH).isEmpty()) {
                assertThat(rotation.begin(Cause.SYSTEM).keys()).containsExactly("WO-1/line-1/2");
            }
            clock.advance(SETTLE);
            assertThat(rotation.turn()).isZero();
        }

        void isDone() {
            opensEveryKey();
            assertThat(vault.keks()).extracting(kek -> kek.label()).containsExactly("kek/WO-1/line-1/2");
            assertThat(book.former()).isEmpty();
            assertThat(book.destructions(BATCH)).hasSize(1);
            assertThat(actions().stream().filter("kek.rotated"::equals)).hasSize(1);
            assertThat(actions().stream().filter("kek.destroyed"::equals)).hasSize(1);
        }

        void opensEveryKey() {
            Handover now = handovers.find(BATCH, FIRST.station()).orElseThrow();
            byte[] kek = new KeyRecipient(STATION.getPrivate())
                    .keyEncryptionKey(now.kek().recipientInfo().octets());
            assertThat(units())
                    .allSatisfy(unit -> assertThat(KeyRecipient.open(kek, book.wrapped(unit)))
                            .isNotEmpty());
        }

        List<String> actions() {
            return store.audit().entriesAfter(0, 100).stream()
                    .map(entry -> entry.event().action())
                    .toList();
        }

        SubjectPublicKeyInfo recipient() {
            return SubjectPublicKeyInfo.getInstance(STATION.getPublic().getEncoded());
        }

        dev.nameplate.ca.audit.AuditEvent event() {
            return Cause.SYSTEM.event(clock.instant(), "kek.handed-over", "batch:" + BATCH, java.util.Map.of());
        }

        Handover.Kek made(BatchName batch, KekNumber number) {
            return make(batch, number, recipient());
        }

        @Override
        public Handover.Kek make(BatchName batch, KekNumber number, SubjectPublicKeyInfo recipient) {
            whileItIsMade.run();
            KekHandover made =
                    keys.handOver(new KekName(batch.value(), number.station().value(), number.number()), recipient);
            return new Handover.Kek(
                    number.number(),
                    new KeyPackage(made.recipientInfo()),
                    made.kek().checkValue(),
                    false);
        }

        @Override
        public void discard(BatchName batch, KekNumber number) {
            assertThat(keys.destroy(name(number))).isPresent();
        }

        @Override
        public List<Optional<byte[]>> rewrap(BatchName batch, KekNumber from, KekNumber to, List<byte[]> wrapped) {
            return keys.rewrapEach(name(from), name(to), wrapped);
        }

        @Override
        public byte[] destroy(FormerKek former, List<byte[]> earlier, String operator) {
            Optional<KekDestruction> done = keys.destroy(name(former.number()));
            return (done.isPresent() ? "destroyed" : "not there").getBytes(StandardCharsets.US_ASCII);
        }

        private static KekName name(KekNumber kek) {
            return new KekName(BATCH.value(), kek.station().value(), kek.number());
        }

        private static List<DeviceId> units() {
            return IntStream.range(0, UNITS)
                    .mapToObj(i -> new DeviceId("unit-" + i))
                    .toList();
        }
    }
}
