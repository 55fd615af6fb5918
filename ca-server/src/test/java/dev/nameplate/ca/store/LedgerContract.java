package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.added;
import static dev.nameplate.ca.store.Samples.certificate;
import static dev.nameplate.ca.store.Samples.code;
import static dev.nameplate.ca.store.Samples.device;
import static dev.nameplate.ca.store.Samples.event;
import static dev.nameplate.ca.store.Samples.issued;
import static dev.nameplate.ca.store.Samples.manufacturer;
import static dev.nameplate.ca.store.Samples.registered;
import static dev.nameplate.ca.store.Samples.serial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.issuance.SerialTakenException;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.DeviceOrder;
import dev.nameplate.ca.revocation.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every ledger does. */
interface LedgerContract extends Ports.Source {
    CodeId CODE = new CodeId("00112233445566aa");

    @Test
    default void recordsACertificateWithItsEventAndItsKeysHolder() {
        NewCertificate added = added(1, "key", "sensor-17");

        Recording recording = ports().ledger().record(added, issued());

        assertThat(recording).isInstanceOf(Recording.Recorded.class);
        assertThat(ports().ledger().find(added.certificate())).hasValueSatisfying(found -> {
            assertThat(found).isEqualTo(((Recording.Recorded) recording).certificate());
            assertThat(found.standing()).isEqualTo(new Standing.Good());
        });
        assertThat(ports().ledger().recordedFor(added.request())).isPresent();
        assertThat(ports().ledger().holderOfKey(added.certificate().keyHash())).contains(device("sensor-17"));
        assertThat(ports().audit().entriesAfter(0, 10))
                .extracting(AuditEntry::event)
                .containsExactly(issued());
    }

    @Test
    default void answersTheSameRequestWithTheCertificateRecordedFirst() {
        ports().ledger().record(added(1, "key", "sensor-17"), issued());

        Recording again = ports().ledger().record(added(2, "key", "sensor-17"), issued());

        assertThat(again)
                .isInstanceOfSatisfying(
                        Recording.AnsweredBefore.class,
                        before -> assertThat(before.certificate().serial()).isEqualTo(serial(1)));
        assertThat(ports().ledger().findBySerial(serial(2))).isEmpty();
        assertThat(ports().audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void recordsALaterRoundOfTheSameRequestAndFindsTheNewest() {
        ports().ledger().record(added(1, "key", "sensor-17"), issued());
        NewCertificate later = added(certificate(2, "key"), device("sensor-17"), manufacturer("key"), 1);

        assertThat(ports().ledger().record(later, issued())).isInstanceOf(Recording.Recorded.class);

        assertThat(ports().ledger().recordedFor(later.request()))
                .map(IssuedCertificate::serial)
                .contains(serial(2));
    }

    @Test
    default void refusesAKeyOfAnotherHolderForEver() {
        ports().ledger().record(added(1, "key", "sensor-17"), issued());

        Recording other = ports().ledger()
                .record(added(certificate(2, "key"), device("sensor-18"), manufacturer("other")), issued());

        assertThat(other).isEqualTo(new Recording.KeyTaken());
        assertThat(ports().ledger().findBySerial(serial(2))).isEmpty();
        assertThat(ports().audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void refusesAClaimedKeyToOthersOnly() {
        Sha256 key = certificate(1, "key").keyHash();

        assertThat(ports().ledger().claimKey(key, device("sensor-17"))).isTrue();
        assertThat(ports().ledger().claimKey(key, device("sensor-17"))).isTrue();
        assertThat(ports().ledger().claimKey(key, device("sensor-18"))).isFalse();

        assertThat(ports().ledger().holderOfKey(key)).contains(device("sensor-17"));
        assertThat(ports().ledger().record(added(1, "key", "sensor-18"), issued()))
                .isEqualTo(new Recording.KeyTaken());
        assertThat(ports().ledger().record(added(1, "key", "sensor-17"), issued()))
                .isInstanceOf(Recording.Recorded.class);
    }

    @Test
    default void refusesASerialThatItsIssuerEverUsed() {
        ports().ledger().record(added(1, "key", "sensor-17"), issued());

        assertThatThrownBy(() -> ports().ledger().record(added(1, "other", "sensor-18"), issued()))
                .isInstanceOf(SerialTakenException.class);

        assertThat(ports().ledger().holderOfKey(certificate(1, "other").keyHash()))
                .isEmpty();
        assertThat(ports().audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void spendsACodeInTheRecordingItPaysFor() {
        offerCode();

        Recording first = ports().ledger().record(byCode(1, "key"), issued());
        Recording retry = ports().ledger().record(byCode(2, "key"), issued());
        Recording thief = ports().ledger().record(byCode(3, "other"), issued());

        assertThat(first).isInstanceOf(Recording.Recorded.class);
        assertThat(retry).isInstanceOf(Recording.AnsweredBefore.class);
        assertThat(thief).isEqualTo(new Recording.CodeSpent());
        assertThat(ports().codes().find(CODE).orElseThrow().usedAt()).contains(Samples.NOW);
        assertThat(ports().ledger().holderOfKey(certificate(3, "other").keyHash()))
                .isEmpty();
        assertThat(ports().codes().cancel(CODE, Samples.NOW, event("code.cancelled")))
                .isFalse();
    }

    @Test
    default void refusesACancelledCodeAndOneThatNeverWas() {
        assertThat(ports().ledger().record(byCode(1, "key"), issued())).isEqualTo(new Recording.CodeSpent());
        offerCode();
        ports().codes().cancel(CODE, Samples.NOW, event("code.cancelled"));

        assertThat(ports().ledger().record(byCode(1, "key"), issued())).isEqualTo(new Recording.CodeSpent());
    }

    @Test
    default void answersACodesSecondRoundWithItsOnlyCertificate() {
        offerCode();
        ports().ledger().record(byCode(1, "key"), issued());

        Recording second = ports().ledger()
                .record(added(certificate(2, "key"), device("sensor-17"), new Credential.Code(CODE), 1), issued());

        assertThat(second).isInstanceOf(Recording.AnsweredBefore.class);
    }

    @Test
    default void decidesForOneOfManyThatCollide() throws InterruptedException {
        offerCode();
        List<NewCertificate> sameRequest = new ArrayList<>();
        List<NewCertificate> sameKey = new ArrayList<>();
        List<NewCertificate> sameCode = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sameRequest.add(added(100 + i, "request", "sensor-17"));
            sameKey.add(added(certificate(200 + i, "contested"), device("d" + i), manufacturer("m" + i)));
            sameCode.add(byCode(300 + i, "code-key-" + i));
        }

        assertThat(recordedOf(sameRequest)).isEqualTo(1);
        assertThat(recordedOf(sameKey)).isEqualTo(1);
        assertThat(recordedOf(sameCode)).isEqualTo(1);
        assertThat(ports().audit().entriesAfter(0, 100).stream()
                        .filter(entry -> entry.event().equals(issued())))
                .hasSize(3);
    }

    @Test
    default void listsByHolderAndProfileInTheOrderOfSerialsPageByPage() {
        for (long value : new long[] {0x1_0000_0000L, 0xffL, 0x80L, 0x1L}) {
            ports().ledger().record(added(value, "key " + value, value == 1 ? "other" : "sensor-17"), issued());
        }
        var mine = Optional.of(device("sensor-17"));

        var first =
                ports().ledger().list(new CertificateQuery(mine, Optional.of(Samples.PROFILE), Optional.empty(), 2));
        var second = ports().ledger().list(new CertificateQuery(mine, Optional.empty(), Optional.of(serial(0xff)), 2));
        var all = ports().ledger().list(new CertificateQuery(Optional.empty(), Optional.empty(), Optional.empty(), 10));

        assertThat(first).extracting(IssuedCertificate::serial).containsExactly(serial(0x80), serial(0xff));
        assertThat(second).extracting(IssuedCertificate::serial).containsExactly(serial(0x1_0000_0000L));
        assertThat(all).hasSize(4);
    }

    @Test
    default void recordsNothingForADeviceThatIsNotActiveAnyMore() {
        ports().devices().register(registered("sensor-17"), event("device.registered"));
        ports().revocations().apply(DeviceOrder.hold(Samples.NOW, Cause.SYSTEM), new DeviceId("sensor-17"));
        NewCertificate late = added(1, "key", "sensor-17");

        assertThat(ports().ledger().record(late, issued())).isEqualTo(new Recording.DeviceNotActive(Device.State.HELD));

        assertThat(ports().ledger().find(late.certificate())).isEmpty();
        assertThat(ports().audit().entriesAfter(2, 10)).isEmpty();
    }

    private void offerCode() {
        ports().devices().register(registered("sensor-17"), event("device.registered"));
        ports().codes().add(code(CODE.value(), "sensor-17"), event("code.created"));
    }

    private static NewCertificate byCode(long serial, String key) {
        return added(certificate(serial, key), device("sensor-17"), new Credential.Code(CODE));
    }

    private long recordedOf(List<NewCertificate> added) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Recording>> outcomes = added.stream()
                    .map(each -> executor.submit(() -> ports().ledger().record(each, issued())))
                    .toList();
            long recorded = 0;
            for (Future<Recording> outcome : outcomes) {
                recorded += outcome.get() instanceof Recording.Recorded ? 1 : 0;
            }
            return recorded;
        } catch (ExecutionException e) {
            throw new AssertionError("no recording of these fails", e);
        }
    }
}
