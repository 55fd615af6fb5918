package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.testkit.DeviceKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineTest {
    private final DeviceKey key = DeviceKey.p256();

    @Test
    void takesAUnitFromItsKeyToProofThatItHasIt() {
        Plant plant = Plant.with(1);

        UnitIssuance.Issued issued = plant.verified("unit-1", key);

        assertThat(plant.unit("unit-1").state()).isEqualTo(UnitState.VERIFIED);
        assertThat(issued.certificate().certificate().parsed().getSubject()).hasToString("CN=unit-1");
        assertThat(plant.take(
                        "unit-1",
                        new Step.Advance(UnitState.CLOSED, issued.certificate().serial())))
                .isInstanceOf(UnitChange.Changed.class);
    }

    @Test
    void theSameKeyGetsTheSameCertificateAtAnyStep() {
        Plant plant = Plant.with(1);
        IssuedCertificate first = plant.issued("unit-1", key).certificate();
        assertThat(plant.issued("unit-1", key).certificate().certificate()).isEqualTo(first.certificate());
        plant.take("unit-1", new Step.Advance(UnitState.DELIVERED, first.serial()));
        assertThat(plant.issued("unit-1", key).certificate().certificate()).isEqualTo(first.certificate());

        Plant another = Plant.with(1);
        IssuedCertificate verified = another.verified("unit-1", key).certificate();
        another.orders.pause(Plant.BATCH, Plant.CAUSE);

        assertThat(another.issued("unit-1", key).certificate().certificate()).isEqualTo(verified.certificate());
        assertThat(another.unit("unit-1").state()).isEqualTo(UnitState.VERIFIED);
    }

    @Test
    void aNewKeyReplacesOneThatIsNotConfirmed() {
        Plant plant = Plant.with(1);
        SerialNumber first = plant.issued("unit-1", key).certificate().serial();

        SerialNumber second =
                plant.issued("unit-1", DeviceKey.p256()).certificate().serial();

        assertThat(standing(plant, first)).isInstanceOf(Standing.Revoked.class);
        assertThat(standing(plant, second)).isEqualTo(new Standing.Good());
        assertThat(plant.issue("unit-1", key)).isEqualTo(new UnitIssuance.Refused(new Refusal.KeyRevoked(first)));
        assertThat(plant.take("unit-1", new Step.Advance(UnitState.DELIVERED, first)))
                .isInstanceOf(UnitChange.Refused.class);
    }

    @Test
    void aNewKeyForAConfirmedUnitIsAnAlarm() {
        Plant plant = Plant.with(1);
        SerialNumber serial = plant.verified("unit-1", key).certificate().serial();

        assertThat(plant.issue("unit-1", DeviceKey.p256()))
                .isEqualTo(new UnitIssuance.Refused(new Refusal.UnitConfirmed(new DeviceId("unit-1"), serial)));

        assertThat(plant.ca.store.audit().actions()).endsWith("unit.duplicate");
        assertThat(standing(plant, serial)).isEqualTo(new Standing.Good());
    }

    @Test
    void twoUnitsWithOneKeyAreAnAlarm() {
        Plant plant = Plant.with(2);
        plant.issued("unit-1", key);

        assertThat(plant.issue("unit-2", key)).isEqualTo(new UnitIssuance.Refused(new Refusal.KeyTaken()));

        assertThat(plant.ca.store.audit().actions()).endsWith("unit.key-taken");
        assertThat(plant.batch().used()).isEqualTo(1);
    }

    @Test
    void aUnitIsAtOneStationAtATime() {
        Plant plant = Plant.with(2);
        plant.issued("unit-1", key);

        UnitIssuance elsewhere = plant.issue("unit-1", DeviceKey.p256(), new Caller.Station(Plant.LINE_2));

        assertThat(elsewhere)
                .isEqualTo(
                        new UnitIssuance.Refused(new Refusal.UnitElsewhere(new DeviceId("unit-1"), "station line-1")));
    }

    @Test
    void retriesAreCounted() {
        Plant plant = Plant.with(1);
        for (int i = 0; i < 3; i++) {
            plant.issued("unit-1", DeviceKey.p256());
        }

        assertThat(plant.issue("unit-1", DeviceKey.p256()))
                .isEqualTo(new UnitIssuance.Refused(new Refusal.UnitRetriesSpent(new DeviceId("unit-1"), 2)));
        plant.take("unit-1", new Step.Rework("solder"));
        assertThat(plant.issue("unit-1", DeviceKey.p256())).isInstanceOf(UnitIssuance.Issued.class);
    }

    @Test
    void takesNoSignatureButThatOfTheCertificatesKey() {
        Plant plant = Plant.with(1);
        UnitIssuance.Issued issued = plant.issued("unit-1", key);
        SerialNumber serial = issued.certificate().serial();
        plant.take("unit-1", new Step.Advance(UnitState.DELIVERED, serial));
        plant.take("unit-1", new Step.Advance(UnitState.WRITTEN, serial));

        UnitChange forged = plant.verify("unit-1", serial, plant.signature(issued, DeviceKey.p256()));
        UnitChange empty = plant.verify("unit-1", serial, new byte[0]);

        var refused = UnitChange.Refused.because(new Refusal.PossessionNotProved(new DeviceId("unit-1")));
        assertThat(List.of(forged, empty)).containsOnly(refused);
        assertThat(plant.unit("unit-1").state()).isEqualTo(UnitState.WRITTEN);
    }

    @Test
    void stepsComeInTheirOrder() {
        Plant plant = Plant.with(1);
        UnitIssuance.Issued issued = plant.issued("unit-1", key);
        SerialNumber serial = issued.certificate().serial();

        assertThat(plant.take("unit-1", new Step.Advance(UnitState.WRITTEN, serial)))
                .isInstanceOf(UnitChange.Refused.class);
        assertThat(plant.verify("unit-1", serial, plant.signature(issued, key))).isInstanceOf(UnitChange.Refused.class);
    }

    @Test
    void theSameStepAgainGivesTheSameAnswer() {
        Plant plant = Plant.with(1);
        SerialNumber serial = plant.verified("unit-1", key).certificate().serial();
        Unit before = plant.unit("unit-1");
        plant.ca.clock.advance(Duration.ofMinutes(3));

        for (UnitState state : List.of(UnitState.DELIVERED, UnitState.WRITTEN)) {
            assertThat(plant.take("unit-1", new Step.Advance(state, serial)))
                    .isEqualTo(new UnitChange.Unchanged(before));
        }
    }

    @Test
    void nothingBeginsInABatchThatIsPausedOverOrNotOpenYet() {
        Plant plant = Plant.with(5);
        plant.orders.pause(Plant.BATCH, Plant.CAUSE);
        assertThat(plant.issue("unit-1", key)).isInstanceOf(UnitIssuance.Refused.class);
        plant.orders.open(Plant.BATCH, Plant.CAUSE);
        assertThat(plant.issue("unit-1", key)).isInstanceOf(UnitIssuance.Issued.class);

        Window window = new Window(
                Optional.of(plant.ca.clock.instant().plus(Duration.ofHours(1))),
                Optional.of(plant.ca.clock.instant().plus(Duration.ofHours(2))));
        Plant later = Plant.with(5, new Serials.Any(), window);
        assertThat(later.issue("unit-1", key)).isInstanceOf(UnitIssuance.Refused.class);
        later.ca.clock.advance(Duration.ofMinutes(90));
        assertThat(later.issue("unit-1", key)).isInstanceOf(UnitIssuance.Issued.class);
        later.ca.clock.advance(Duration.ofMinutes(90));
        assertThat(later.issue("unit-2", DeviceKey.p256())).isInstanceOf(UnitIssuance.Refused.class);
    }

    @Test
    void takesOnlyUnitsOfTheOrder() {
        var range = new Serials.Range(new DeviceId("A-0001"), new DeviceId("A-0100"));
        Plant plant = Plant.with(5, range, Window.ALWAYS);

        assertThat(plant.issue("A-0042", key)).isInstanceOf(UnitIssuance.Issued.class);
        for (String wrong : Set.of("A-0101", "A-0000", "A-042", "B-0042", "A-00042", "A-0042x")) {
            assertThat(plant.issue(wrong, DeviceKey.p256()))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            UnitIssuance.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.UnitNotAllowed.class));
        }
    }

    @Test
    void fiftyStationsGetTheLastTenUnitsAndNoMore() throws Exception {
        Plant plant = Plant.with(10);
        List<DeviceKey> keys =
                IntStream.range(0, 50).mapToObj(_ -> DeviceKey.p256()).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UnitIssuance>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> plant.issue("unit-" + i, keys.get(i))))
                    .toList();
            int issued = 0;
            for (Future<UnitIssuance> answer : answers) {
                switch (answer.get()) {
                    case UnitIssuance.Issued _ -> issued++;
                    case UnitIssuance.Refused(var refusal) ->
                        assertThat(refusal).isEqualTo(new Refusal.BatchQuotaSpent(Plant.BATCH, 10));
                }
            }
            assertThat(issued).isEqualTo(10);
        }
        assertThat(plant.batch().used()).isEqualTo(10);
        assertThat(plant.ca.store.ledger().all()).hasSize(10);
    }

    @Test
    void scrapsWhatIsNotVerifiedInTime() {
        Plant plant = Plant.with(2);
        SerialNumber late = plant.issued("unit-1", key).certificate().serial();
        SerialNumber good =
                plant.verified("unit-2", DeviceKey.p256()).certificate().serial();
        var overdue = new Overdue(plant.ca.store.factory(), plant.line, plant.ca.clock);
        overdue.scrap();
        assertThat(standing(plant, late)).isEqualTo(new Standing.Good());

        plant.ca.clock.advance(Duration.ofMinutes(61));
        overdue.scrap();

        assertThat(standing(plant, late))
                .isInstanceOfSatisfying(
                        Standing.Revoked.class,
                        revoked -> assertThat(revoked.reason()).isEqualTo(RevocationReason.CESSATION_OF_OPERATION));
        assertThat(plant.unit("unit-1").reason()).contains("not verified in time");
        assertThat(standing(plant, good)).isEqualTo(new Standing.Good());
    }

    @Test
    void theOfficeMakesNoUnits() {
        Plant plant = Plant.with(2);

        assertThat(plant.issue("unit-1", key, new Caller.Office(Plant.LINE_1)))
                .isInstanceOf(UnitIssuance.Refused.class);
    }

    private static Standing standing(Plant plant, SerialNumber serial) {
        return plant.ca.store.ledger().findBySerial(serial).getFirst().standing();
    }
}
