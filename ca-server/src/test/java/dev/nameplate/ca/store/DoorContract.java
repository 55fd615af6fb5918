package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.added;
import static dev.nameplate.ca.store.Samples.certificate;
import static dev.nameplate.ca.store.Samples.device;
import static dev.nameplate.ca.store.Samples.event;
import static dev.nameplate.ca.store.Samples.issued;
import static dev.nameplate.ca.store.Samples.registered;
import static dev.nameplate.ca.store.Samples.serial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.revocation.Ground;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.Wish;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the door finds out about a certificate, in every store. */
interface DoorContract extends Ports.Source {
    @Test
    default void knowsTheHolderOfACertificateAndItsDevice() {
        ports().devices().register(registered("sensor-17"), event("device.registered"));
        ports().ledger().record(added(1, "key", "sensor-17"), issued());

        KnownCertificate known = known(certificate(1, "key")).orElseThrow();

        assertThat(known.holder()).isEqualTo(device("sensor-17"));
        assertThat(known.device()).contains(registered("sensor-17"));
        assertThat(known.issuer()).isEqualTo(Samples.ISSUER);
        assertThat(known.revokedAt()).isEmpty();
        assertThat(known.firstUsedAt()).isEmpty();
        assertThat(known.successorInUse()).isEmpty();
    }

    @Test
    default void doesNotKnowACertificateThatDiffersInOneOctet() {
        ports().ledger().record(added(1, "key", "sensor-17"), issued());

        assertThat(known(certificate(1, "kez"))).isEmpty();
    }

    @Test
    default void knowsThatACertificateIsHeld() {
        ports().ledger().record(added(1, "key", "sensor-17"), issued());
        var hold = new Order(new Wish.Hold(Optional.empty(), Ground.ITSELF), Samples.NOW, Cause.SYSTEM);
        ports().revocations().apply(hold, Samples.ISSUER, serial(1));

        assertThat(known(certificate(1, "key")).orElseThrow().revokedAt()).contains(Samples.NOW);
    }

    @Test
    default void notesTheFirstUseAndNoLaterOne() {
        ports().ledger().record(added(1, "key", "sensor-17"), issued());
        CertificateDer used = certificate(1, "key");
        noteUse(used, Samples.NOW);

        ports().known().noteUse(used, Samples.NOW.plusSeconds(60));
        ports().ledger().record(added(2, "later", "sensor-18"), issued());

        assertThat(known(used).orElseThrow().firstUsedAt()).contains(Samples.NOW);
    }

    @Test
    default void tellsOfASuccessorForAnotherKeyOnceThatIsUsed() {
        CertificateDer old = certificate(1, "key");
        CertificateDer renewed = certificate(2, "key");
        CertificateDer successor = certificate(3, "new key");
        ports().ledger().record(added(1, "key", "sensor-17"), issued());
        for (CertificateDer next : new CertificateDer[] {renewed, successor}) {
            var authority = new Credential.OwnCertificate(old.fingerprint());
            ports().ledger().record(added(next, device("sensor-17"), authority), issued());
        }
        noteUse(renewed, Samples.NOW);
        assertThat(known(old).orElseThrow().successorInUse()).isEmpty();

        noteUse(successor, Samples.NOW);

        assertThat(known(old).orElseThrow().successorInUse()).contains(serial(3));
        assertThat(known(successor).orElseThrow().successorInUse()).isEmpty();
    }

    private Optional<KnownCertificate> known(CertificateDer certificate) {
        return ports().known().find(certificate);
    }

    private void noteUse(CertificateDer certificate, Instant at) {
        ports().known().noteUse(certificate, at);
        await().until(() -> known(certificate).orElseThrow().firstUsedAt().isPresent());
    }
}
