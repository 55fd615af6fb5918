package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.CutOff;
import dev.nameplate.ca.testkit.DeviceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server's power goes before or after anything that it writes down, reads or has made. */
final class PowerCutTest {
    private static final DeviceId UNIT = new DeviceId("unit-1");
    private static final UnitWish WISH = new UnitWish(Plant.BATCH, UNIT, Map.of());

    @ParameterizedTest
    @EnumSource(CutOff.Side.class)
    void aUnitThatMadeItsKeyHasOneCertificate(CutOff.Side side) {
        int cuts = 0;
        for (boolean cut = true; cut; cuts++) {
            Floor floor = new Floor(KeyOrigin.DEVICE);
            DeviceKey key = DeviceKey.p256();
            CutOff off = new CutOff(cuts + 1, side);

            untilItEnds(() -> floor.make(floor.line(off), key));
            cut = off.happened();
            IssuedCertificate certificate = floor.make(floor.line(), key);

            floor.isDone(certificate);
        }
        assertThat(cuts).as("every step has some calls").isGreaterThan(8);
    }

    @ParameterizedTest
    @EnumSource(CutOff.Side.class)
    void aUnitWhoseKeyIsMadeHereHasOneCertificateAndTheKeyThatFits(CutOff.Side side) {
        int cuts = 0;
        for (boolean cut = true; cut; cuts++) {
            Floor floor = new Floor(KeyOrigin.INJECTED);
            CutOff off = new CutOff(cuts + 1, side);

            untilItEnds(() -> floor.inject(floor.line(off)));
            cut = off.happened();
            IssuedCertificate certificate = floor.inject(floor.line());

            floor.isDone(certificate);
        }
        assertThat(cuts).as("every step has some calls").isGreaterThan(8);
    }

    @ParameterizedTest
    @EnumSource(CutOff.Side.class)
    void aBatchThatIsBeingClosedComesToItsOneRecord(CutOff.Side side) {
        int cuts = 0;
        for (boolean cut = true; cut; cuts++) {
            Floor floor = new Floor(KeyOrigin.DEVICE);
            floor.make(floor.line(), DeviceKey.p256());
            floor.plant.issued("unit-2", DeviceKey.p256());
            CutOff off = new CutOff(cuts + 1, side);

            untilItEnds(() -> floor.close(Optional.of(off)));
            cut = off.happened();
            byte[] record = floor.close(Optional.empty());

            assertThat(floor.close(Optional.empty())).isEqualTo(record);
            JsonNode said = JsonMapper.shared().readTree(record);
            assertThat(said.path("outcomes").toString()).isEqualTo("{\"closed\":1,\"scrapped\":1}");
            assertThat(said.path("used").asInt()).isEqualTo(2);
            assertThat(floor.valid()).hasSize(1);
            assertThat(floor.actions().stream().filter("batch.closed"::equals)).hasSize(1);
        }
        assertThat(cuts).as("closing has some calls").isGreaterThan(8);
    }

    private static void untilItEnds(Runnable work) {
        try {
            work.run();
        } catch (CutOff.Ended ended) {
            assertThat(ended).isNotNull();
        }
    }

    /** What stays when the process ends, and the station in front of it, which does not. */
    private static final class Floor {
        private final Plant plant;
        private final List<DeviceKey> keys = new ArrayList<>();

        Floor(KeyOrigin origin) {
            this.plant = Plant.with(2, origin);
        }

        Line line() {
            return line(plant.ca.store.factory(), plant.ca.store.ledger(), this::key);
        }

        Line line(CutOff off) {
            return line(
                    off.seen(UnitRegister.class, plant.ca.store.factory()),
                    off.seen(CertificateLedger.class, plant.ca.store.ledger()),
                    off.seen(UnitKeys.class, this::key));
        }

        private Line line(UnitRegister units, CertificateLedger ledger, UnitKeys keys) {
            return new Line(
                    units,
                    ledger,
                    new Line.Certifying(plant.ca.policy, plant.ca.issuer),
                    keys,
                    plant.ca.store.feed(),
                    plant.ca.clock,
                    plant.ca.random);
        }

        /** Its wrapped form is its place. */
        private UnitKeys.Making key(Batch batch, OperatorName station) {
            DeviceKey made = DeviceKey.p256();
            keys.add(made);
            byte[] place = {(byte) (keys.size() - 1)};
            return new UnitKeys.Making.Made(
                    made.publicKey(), new KeyPackage(place, Optional.of(new KekNumber(station, 1))));
        }

        IssuedCertificate make(Line line, DeviceKey key) {
            var csr = Csrs.by(key).subject("CN=" + UNIT).csr();
            return finish(line, issued(line.issue(WISH, csr, Plant.STATION, Plant.CAUSE)), key);
        }

        IssuedCertificate inject(Line line) {
            UnitIssuance.Issued issued = issued(line.inject(WISH, Plant.STATION, Plant.CAUSE));
            return finish(line, issued, keys.get(issued.wrapped().orElseThrow().octets()[0]));
        }

        private IssuedCertificate finish(Line line, UnitIssuance.Issued issued, DeviceKey key) {
            SerialNumber serial = issued.certificate().serial();
            for (UnitState reached : List.of(UnitState.DELIVERED, UnitState.WRITTEN)) {
                taken(line.take(new Step.Advance(reached, serial), Plant.BATCH, UNIT, Plant.STATION, Plant.CAUSE));
            }
            byte[] signature = plant.signature(issued, key);
            taken(line.verify(new UnitSignature(Plant.BATCH, UNIT, serial, signature), Plant.STATION, Plant.CAUSE));
            return issued.certificate();
        }

        private static UnitIssuance.Issued issued(UnitIssuance issuance) {
            return switch (issuance) {
                case UnitIssuance.Issued issued -> issued;
                case UnitIssuance.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
            };
        }

        private static void taken(UnitChange change) {
            assertThat(change).isNotInstanceOf(UnitChange.Refused.class);
        }

        byte[] close(Optional<CutOff> off) {
            BatchRegister batches = seen(off, BatchRegister.class, plant.ca.store.factory());
            UnitRegister units = seen(off, UnitRegister.class, plant.ca.store.factory());
            KeyDestruction keys = seen(off, KeyDestruction.class, (_, _) -> Map.of());
            RecordSigner signer = seen(off, RecordSigner.class, (content, _) -> content);
            var closing = new Closing(batches, units, keys, signer, plant.ca.store.feed(), plant.ca.clock);
            return switch (closing.close(Plant.BATCH, Closing.Rest.SCRAPPED, Plant.CAUSE)) {
                case Closing.Outcome.Closed(var record) -> record;
                case Closing.Outcome.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
            };
        }

        private static <T> T seen(Optional<CutOff> off, Class<T> port, T real) {
            return off.map(cut -> cut.seen(port, real)).orElse(real);
        }

        void isDone(IssuedCertificate certificate) {
            assertThat(plant.unit(UNIT.value()).state()).isEqualTo(UnitState.VERIFIED);
            assertThat(valid()).containsExactly(certificate.serial());
            assertThat(plant.batch().used()).isEqualTo(1);
            Tally tally = plant.ca.store.factory().hours(Plant.BATCH).stream()
                    .map(Hour::tally)
                    .reduce(Tally.NOTHING, Tally::plus);
            assertThat(tally).isEqualTo(Tally.ISSUED.plus(Tally.VERIFIED));
        }

        List<SerialNumber> valid() {
            return plant.ca.store.ledger().all().stream()
                    .filter(issued -> issued.standing().revokedAt().isEmpty())
                    .map(IssuedCertificate::serial)
                    .toList();
        }

        List<String> actions() {
            return plant.ca.store.audit().entriesAfter(0, 100).stream()
                    .map(entry -> entry.event().action())
                    .toList();
        }
    }
}
