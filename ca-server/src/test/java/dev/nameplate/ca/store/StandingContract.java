package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.added;
import static dev.nameplate.ca.store.Samples.certificate;
import static dev.nameplate.ca.store.Samples.device;
import static dev.nameplate.ca.store.Samples.event;
import static dev.nameplate.ca.store.Samples.issued;
import static dev.nameplate.ca.store.Samples.manufacturer;
import static dev.nameplate.ca.store.Samples.registered;
import static dev.nameplate.ca.store.Samples.serial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.DeviceOrder;
import dev.nameplate.ca.revocation.DeviceRevocation;
import dev.nameplate.ca.revocation.Finality;
import dev.nameplate.ca.revocation.Ground;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.RevocationChange;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where certificates stand, in every store. */
interface StandingContract extends Ports.Source {
    Instant LATER = Samples.NOW.plusSeconds(60);
    Wish REVOKE = new Wish.Revoke(
            RevocationReason.KEY_COMPROMISE,
            Optional.of(Samples.NOW.minus(Duration.ofDays(2)).plusMillis(7)));
    Wish HOLD = new Wish.Hold(Optional.of(new Finality(LATER, RevocationReason.SUPERSEDED)), Ground.ITSELF);
    Wish RELEASE = new Wish.Release(Ground.ITSELF);
    DeviceId SENSOR = new DeviceId("sensor-17");

    @Test
    default void knowsNothingOfACertificateItNeverIssued() {
        record(1);

        assertThat(ports().revocations().of(Samples.ISSUER, serial(2))).isEmpty();
        assertThat(ports().revocations().of(new IssuerGeneration(Samples.ISSUER.issuer(), 2), serial(1)))
                .isEmpty();
        assertThat(apply(REVOKE, 2)).isEmpty();
        assertThat(standing(1)).isEqualTo(new Standing.Good());
        assertThat(ports().changes().newest()).isZero();
    }

    @Test
    default void revokesOnceAndForGood() {
        record(1);

        Revocation first = apply(REVOKE, 1).orElseThrow();
        Revocation second = apply(new Wish.Revoke(RevocationReason.SUPERSEDED, Optional.empty()), 1)
                .orElseThrow();
        Revocation release = apply(RELEASE, 1).orElseThrow();

        var revoked = new Standing.Revoked(
                Samples.NOW,
                RevocationReason.KEY_COMPROMISE,
                Optional.of(Samples.NOW.minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS)));
        assertThat(first).isEqualTo(new Revocation.Changed(revoked));
        assertThat(second).isEqualTo(new Revocation.Unchanged(revoked));
        assertThat(release).isInstanceOf(Revocation.Refused.class);
        assertThat(standing(1)).isEqualTo(revoked);
        assertThat(actions()).containsExactly("certificate.issued", "certificate.revoked");
    }

    @Test
    default void holdsAndReleases() {
        record(1);

        apply(HOLD, 1);
        Standing held = standing(1);
        apply(RELEASE, 1);

        assertThat(held)
                .isEqualTo(new Standing.Held(
                        Samples.NOW,
                        Optional.of(new Finality(LATER, RevocationReason.SUPERSEDED)),
                        Set.of(Ground.ITSELF)));
        assertThat(standing(1)).isEqualTo(new Standing.Good());
        assertThat(actions()).containsExactly("certificate.issued", "certificate.held", "certificate.released");
    }

    @Test
    default void tellsOfEveryChangeInOrderWithItsShard() {
        record(1);
        ports().ledger().record(sharded(2, 5), issued());

        apply(HOLD, 2);
        apply(HOLD, 2);
        long between = ports().changes().newest();
        apply(REVOKE, 1);
        apply(RELEASE, 2);

        List<RevocationChange> all = ports().changes().after(0, 10);
        assertThat(all).extracting(RevocationChange::serial).containsExactly(serial(2), serial(1), serial(2));
        assertThat(all).extracting(RevocationChange::shard).containsExactly(5, 0, 5);
        assertThat(all).extracting(RevocationChange::issuer).containsOnly(Samples.ISSUER);
        assertThat(all.getFirst().number()).isEqualTo(between);
        assertThat(all.getLast().number()).isEqualTo(ports().changes().newest());
        assertThat(ports().changes().after(between, 1)).containsExactly(all.get(1));
    }

    @Test
    default void neverUsesTheNumberOfAPrunedChangeAgain() {
        record(1);
        apply(HOLD, 1);
        apply(RELEASE, 1);
        long last = ports().changes().newest();

        assertThat(ports().changes().prune(last, Samples.NOW)).isZero();
        assertThat(ports().changes().prune(last - 1, LATER)).isEqualTo(1);
        assertThat(ports().changes().prune(last, LATER)).isEqualTo(1);
        apply(REVOKE, 1);

        assertThat(ports().changes().after(last, 10)).hasSize(1);
    }

    @Test
    default void makesAHoldFinalWhenItsDateHasCome() {
        record(1);
        record(2);
        record(3);
        apply(HOLD, 1);
        apply(HOLD, 2);
        apply(new Wish.Hold(Optional.empty(), Ground.ITSELF), 3);

        assertThat(finish(LATER.minusMillis(1), 10)).isZero();
        assertThat(finish(LATER, 1)).isEqualTo(1);
        assertThat(finish(LATER, 10)).isEqualTo(1);
        assertThat(finish(LATER, 10)).isZero();

        var revoked = new Standing.Revoked(Samples.NOW, RevocationReason.SUPERSEDED, Optional.empty());
        assertThat(standing(1)).isEqualTo(revoked);
        assertThat(standing(2)).isEqualTo(revoked);
        assertThat(standing(3)).isInstanceOf(Standing.Held.class);
        assertThat(actions()).endsWith("certificate.revoked", "certificate.revoked");
    }

    @Test
    default void holdsADeviceWithItsCertificatesAndReleasesWhatItHeld() {
        ports().devices().register(registered("sensor-17"), event("device.registered"));
        record(1);
        record(2);
        record(3);
        ports().ledger().record(added(4, "another's", "sensor-18"), issued());
        apply(new Wish.Hold(Optional.empty(), Ground.ITSELF), 2);
        apply(REVOKE, 3);

        assertThat(done(DeviceOrder.hold(LATER, Cause.SYSTEM))).isEqualTo(2);
        assertThat(done(DeviceOrder.hold(LATER, Cause.SYSTEM))).isZero();
        assertThat(state()).isEqualTo(Device.State.HELD);
        assertThat(standing(1)).isEqualTo(new Standing.Held(LATER, Optional.empty(), Set.of(Ground.DEVICE)));
        assertThat(apply(RELEASE, 1).orElseThrow()).isInstanceOf(Revocation.Refused.class);

        assertThat(done(DeviceOrder.release(LATER, Cause.SYSTEM))).isEqualTo(2);

        assertThat(state()).isEqualTo(Device.State.ACTIVE);
        assertThat(standing(1)).isEqualTo(new Standing.Good());
        assertThat(standing(2)).isEqualTo(new Standing.Held(Samples.NOW, Optional.empty(), Set.of(Ground.ITSELF)));
        assertThat(standing(3)).isInstanceOf(Standing.Revoked.class);
        assertThat(standing(4)).isEqualTo(new Standing.Good());
        assertThat(actions())
                .filteredOn(action -> action.startsWith("device."))
                .containsExactly("device.registered", "device.held", "device.released");
    }

    @Test
    default void decommissionsADeviceForEver() {
        ports().devices().register(registered("sensor-17"), event("device.registered"));
        record(1);
        var decommission = DeviceOrder.decommission(RevocationReason.CESSATION_OF_OPERATION, LATER, Cause.SYSTEM);

        assertThat(done(decommission)).isEqualTo(1);
        assertThat(done(decommission)).isZero();

        assertThat(state()).isEqualTo(Device.State.DECOMMISSIONED);
        assertThat(standing(1))
                .isEqualTo(new Standing.Revoked(LATER, RevocationReason.CESSATION_OF_OPERATION, Optional.empty()));
        assertThat(ports().revocations().apply(DeviceOrder.release(LATER, Cause.SYSTEM), SENSOR))
                .get()
                .isInstanceOfSatisfying(
                        DeviceRevocation.Refused.class,
                        it -> assertThat(it.refusal()).isInstanceOf(Refusal.NotPossibleNow.class));
        assertThat(ports().devices().register(registered("sensor-17"), event("device.registered")))
                .isFalse();
        assertThat(ports().revocations().apply(decommission, new DeviceId("nobody")))
                .isEmpty();
    }

    @Test
    default void leavesAnExpiredCertificateOfADeviceAlone() {
        ports().devices().register(registered("sensor-17"), event("device.registered"));
        record(1);
        Instant afterItsEnd = Samples.NOW.plus(Duration.ofDays(366));

        assertThat(done(DeviceOrder.hold(afterItsEnd, Cause.SYSTEM))).isZero();

        assertThat(standing(1)).isEqualTo(new Standing.Good());
    }

    @Test
    default void showsWhereACertificateStandsWhereverItIsFound() {
        NewCertificate added = added(1, "key 1", "sensor-17");
        ports().ledger().record(added, issued());
        apply(REVOKE, 1);

        Standing standing = standing(1);
        assertThat(ports().ledger().find(added.certificate()))
                .get()
                .extracting(IssuedCertificate::standing)
                .isEqualTo(standing);
        assertThat(ports().ledger().recordedFor(added.request()))
                .get()
                .extracting(IssuedCertificate::standing)
                .isEqualTo(standing);
        assertThat(ports().ledger().findBySerial(serial(1)))
                .extracting(IssuedCertificate::standing)
                .containsExactly(standing);
        assertThat(ports().known().find(added.certificate()).orElseThrow().revokedAt())
                .contains(Samples.NOW);
    }

    private void record(long number) {
        ports().ledger().record(added(number, "key " + number, "sensor-17"), issued());
    }

    private static NewCertificate sharded(long number, int shard) {
        return new NewCertificate(
                certificate(number, "key " + number),
                Samples.ISSUER,
                Samples.PROFILE,
                device("sensor-17"),
                new LabelName("factory"),
                manufacturer("key " + number),
                0,
                shard);
    }

    private Optional<Revocation> apply(Wish wish, long number) {
        return ports().revocations().apply(new Order(wish, Samples.NOW, Cause.SYSTEM), Samples.ISSUER, serial(number));
    }

    private int done(DeviceOrder order) {
        return switch (ports().revocations().apply(order, SENSOR).orElseThrow()) {
            case DeviceRevocation.Done(var _, var certificates) -> certificates;
            case DeviceRevocation.Refused(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private int finish(Instant now, int limit) {
        return ports().revocations().finish(now, limit, Cause.SYSTEM);
    }

    private Standing standing(long number) {
        return ports().revocations().of(Samples.ISSUER, serial(number)).orElseThrow();
    }

    private Device.State state() {
        return ports().devices().find(SENSOR).orElseThrow().state();
    }

    private List<String> actions() {
        return ports().audit().entriesAfter(0, 100).stream()
                .map(AuditEntry::event)
                .map(event -> event.action())
                .toList();
    }
}
