package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.KekName;
import dev.nameplate.ca.lease.Turn;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.MemoryHandovers;
import dev.nameplate.ca.testkit.MemoryKekBook;
import dev.nameplate.ca.testkit.MemoryLeases;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.software.SoftwareInjection;
import java.time.Duration;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

class HandoversTest {
    private final Plant plant = Plant.with(5, KeyOrigin.INJECTED);
    private final MemoryHandovers register = new MemoryHandovers(plant.ca.store.audit());
    private final MemoryLeases leases = new MemoryLeases(plant.ca.clock);
    private final SoftwareInjection vault = new SoftwareInjection("test");
    private final BatchKeys keys = new BatchKeys(vault);
    private final SubjectPublicKeyInfo recipient = DeviceKey.rsa(2048).publicKey();
    private Runnable whileItIsMade = () -> {};

    @Test
    void givesTheSameOctetsAgain() {
        Handovers handovers = process("a");

        var first = (Handovers.Outcome.Handed) hand(handovers);

        assertThat(hand(handovers)).isEqualTo(first);
        assertThat(hand(process("b"))).isEqualTo(first);
        isTheOnlyKey(first);
    }

    @Test
    void keepsTheKeyThatWasHandedOverWhenAnotherProcessIsAskedMeanwhile() {
        Handovers other = process("b");
        whileItIsMade = () -> assertThat(hand(other).toString()).contains("another process", "ask again");

        var handed = (Handovers.Outcome.Handed) hand(process("a"));

        isTheOnlyKey(handed);
        assertThat(hand(other)).isEqualTo(handed);
    }

    @Test
    void goesOnAfterAProcessThatEndedInBetween() {
        whileItIsMade = () -> {
            throw new AssertionError("power cut");
        };
        assertThat(leases.take("handing over", "gone", Duration.ofMinutes(1))).isTrue();
        assertThat(hand(process("a"))).isInstanceOf(Handovers.Outcome.Refused.class);
        whileItIsMade = () -> {};
        plant.ca.clock.advance(Duration.ofMinutes(2));

        isTheOnlyKey((Handovers.Outcome.Handed) hand(process("a")));
    }

    private Handovers.Outcome hand(Handovers handovers) {
        return handovers.hand(Plant.BATCH, recipient, Plant.STATION, Plant.CAUSE);
    }

    private void isTheOnlyKey(Handovers.Outcome.Handed handed) {
        assertThat(vault.keks())
                .extracting(KeyEncryptionKey::checkValue)
                .containsExactly(handed.handover().kek().checkValue());
    }

    private Handovers process(String self) {
        return new Handovers(
                new Handovers.Registers(
                        plant.ca.store.factory(), register, new MemoryKekBook(register, plant.ca.store.audit())),
                (batch, station, to) -> make(batch, station, to),
                new Turn(leases, "handing over", self, Duration.ofMinutes(1)),
                plant.ca.clock);
    }

    private Handover.Kek make(Batch batch, Caller station, SubjectPublicKeyInfo to) {
        KekHandover made =
                keys.handOver(new KekName(batch.name().value(), station.name().value(), 1), to);
        whileItIsMade.run();
        return new Handover.Kek(
                1, new KeyPackage(made.recipientInfo()), made.kek().checkValue(), false);
    }
}
