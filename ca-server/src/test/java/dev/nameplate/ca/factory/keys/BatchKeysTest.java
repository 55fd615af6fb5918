package dev.nameplate.ca.factory.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SealedDeviceKey;
import dev.nameplate.hsm.WrappedDeviceKey;
import dev.nameplate.hsm.software.SoftwareInjection;
import org.junit.jupiter.api.Test;

class BatchKeysTest {
    private static final KekName NAME = new KekName("batch-1", "station-1");

    private final Station station = Station.withRsa();
    private final SoftwareInjection vault = new SoftwareInjection("test");
    private final BatchKeys keys = new BatchKeys(vault);

    @Test
    void makesKeysThatTheStationOpens() throws Exception {
        KekHandover handover = keys.handOver(NAME, station.publicKey());

        WrappedDeviceKey made = keys.make(NAME, KeySpec.EC_P256);

        byte[] kek = station.recipient().keyEncryptionKey(handover.recipientInfo());
        assertThat(Station.signs(KeyRecipient.open(kek, made.encryptedPrivateKeyInfo()), made.publicKey()))
                .isTrue();
    }

    @Test
    void sealsAKeyToAStationWithAnyKindOfKey() throws Exception {
        for (Station each : new Station[] {station, Station.withCurve("secp256r1"), Station.withCurve("secp384r1")}) {
            SealedDeviceKey made = keys.makeFor(each.publicKey(), KeySpec.EC_P256);

            assertThat(Station.signs(each.recipient().open(made.envelopedData()), made.publicKey()))
                    .isTrue();
        }
    }

    @Test
    void doesNotOpenForAnotherStation() {
        KekHandover handover = keys.handOver(NAME, station.publicKey());
        SealedDeviceKey made = keys.makeFor(station.publicKey(), KeySpec.EC_P256);
        KeyRecipient other = Station.withRsa().recipient();

        assertThatThrownBy(() -> other.keyEncryptionKey(handover.recipientInfo()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> other.open(made.envelopedData())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotOpenWhatWasAltered() {
        byte[] kek = station.recipient()
                .keyEncryptionKey(keys.handOver(NAME, station.publicKey()).recipientInfo());
        byte[] altered = keys.make(NAME, KeySpec.EC_P256).encryptedPrivateKeyInfo();
        altered[altered.length - 1] ^= 1;

        assertThatThrownBy(() -> KeyRecipient.open(kek, altered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("altered");
    }

    @Test
    void destroysWhatNobodyRecordedWhenItHandsOverAgain() {
        KekHandover lost = keys.handOver(NAME, station.publicKey());

        KekHandover again = keys.handOver(NAME, station.publicKey());

        assertThat(vault.keks()).containsExactly(again.kek()).doesNotContain(lost.kek());
        assertThat(keys.make(NAME, KeySpec.EC_P256).kek()).isEqualTo(again.kek().id());
    }

    @Test
    void makesNothingBeforeAHandoverNorAfterTheDestruction() {
        assertThatThrownBy(() -> keys.make(NAME, KeySpec.EC_P256))
                .isInstanceOf(KeyMissingException.class)
                .hasMessageContaining("batch-1");
        keys.handOver(NAME, station.publicKey());
        keys.make(NAME, KeySpec.EC_P256);

        assertThat(keys.destroy(NAME)).get().matches(destruction -> destruction.complete());

        assertThatThrownBy(() -> keys.make(NAME, KeySpec.EC_P256)).isInstanceOf(KeyMissingException.class);
        assertThat(keys.destroy(NAME)).isEmpty();
    }

    @Test
    void destroysEveryKeyOfABatchAndNoOther() {
        keys.handOver(NAME, station.publicKey());
        keys.handOver(new KekName("batch-1", "station-1", 2), station.publicKey());
        KekHandover other = keys.handOver(new KekName("batch-10", "station-1"), station.publicKey());

        keys.destroyRest("batch-1");

        assertThat(vault.keks()).containsExactly(other.kek());
        assertThatThrownBy(() -> keys.make(NAME, KeySpec.EC_P256)).isInstanceOf(KeyMissingException.class);
    }

    @Test
    void findsItsKeysAgainAfterARestart() {
        KekHandover handover = keys.handOver(NAME, station.publicKey());

        assertThat(new BatchKeys(vault).make(NAME, KeySpec.EC_P256).kek())
                .isEqualTo(handover.kek().id());
    }

    @Test
    void saysThatItsKeysAreNotTrusted() {
        assertThat(keys.remarks()).isEmpty();
        keys.handOver(NAME, station.publicKey());

        assertThat(keys.remarks()).singleElement().asString().contains("CKA_TRUSTED");
    }
}
