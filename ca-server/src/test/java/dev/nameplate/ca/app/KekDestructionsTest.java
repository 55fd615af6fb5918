package dev.nameplate.ca.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.ClosingRecord;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Window;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.KekName;
import dev.nameplate.ca.factory.keys.Station;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.testkit.MemoryHandovers;
import dev.nameplate.ca.testkit.MemoryKekBook;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.software.SoftwareInjection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class KekDestructionsTest {
    private static final OperatorName LINE = new OperatorName("line-1");

    private final TestCa ca = TestCa.founded();
    private final Station station = Station.withRsa();
    private final SoftwareInjection vault = new SoftwareInjection("test");
    private final BatchKeys keys = new BatchKeys(vault);
    private final MemoryHandovers handovers = new MemoryHandovers(ca.store.audit());
    private final KekDestructions destructions =
            new KekDestructions(keys, handovers, new MemoryKekBook(handovers, ca.store.audit()), ca.store.factory());

    @Test
    void destroysWhatIsOnRecordAndWhatAProcessMadeThatEndedBeforeItWasRecorded() {
        handedOver("WO-1");
        keys.handOver(new KekName("WO-1", "line-1", 2), station.publicKey());
        keys.handOver(new KekName("WO-1", "line-2"), station.publicKey());
        KekHandover other = handedOver("WO-10");

        Map<String, ?> said = destructions.destroy(batch("WO-1"), end());

        assertThat(vault.keks()).as("in the token").containsExactly(other.kek());
        assertThat(said.get("keyEncryptionKeys"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void destroysWhatWasMadeThoughNothingWasHandedOver() {
        keys.handOver(new KekName("WO-1", "line-1"), station.publicKey());

        assertThat(destructions.destroy(batch("WO-1"), end())).isEmpty();

        assertThat(vault.keks()).isEmpty();
    }

    private KekHandover handedOver(String batch) {
        KekHandover made = keys.handOver(new KekName(batch, LINE.value()), station.publicKey());
        var kek = new Handover.Kek(
                1, new KeyPackage(made.recipientInfo()), made.kek().checkValue(), made.insideToken());
        var handover =
                new Handover(new BatchName(batch), LINE, Keys.hashOf(station.publicKey()), kek, ca.clock.instant());
        handovers.record(
                handover, Cause.SYSTEM.event(ca.clock.instant(), "kek.handed-over", "batch:" + batch, Map.of()));
        return made;
    }

    private ClosingRecord.End end() {
        return new ClosingRecord.End(ca.clock.instant(), Cause.SYSTEM.actor());
    }

    private Batch batch(String name) {
        var order = new WorkOrder(
                "Sensor",
                SampleProfiles.LDEVID,
                new WorkOrder.Keys(KeyOrigin.INJECTED, Protection.KEY_ENCRYPTION_KEY),
                5,
                new Serials.Any(),
                Window.ALWAYS,
                new Patience(2, Optional.empty(), Patience.Unverified.LISTED));
        return new Batch(
                new BatchName(name), order, Set.of(LINE), Batch.State.CLOSING, 0, ca.clock.instant(), Optional.empty());
    }
}
