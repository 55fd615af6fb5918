package dev.nameplate.ca.device;

import static dev.nameplate.ca.device.Purpose.ENROL;
import static dev.nameplate.ca.device.Purpose.REENROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Recipe;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class OwnCertificateTest {
    private final Door door = new Door();
    private final EnrolmentLabel label = Door.label(Way.CERTIFICATE, Way.CODE);
    private final Recipe recipe = Recipe.leaf("CN=sensor-17");
    private final Instant now = door.clock.instant();

    @Test
    void identifiesTheDeviceItWasIssuedTo() {
        CertificateDer certificate = door.issued(recipe);

        AuthenticatedDevice device = door.identified(Door.with(certificate), label, REENROL);

        assertThat(device.device().id()).isEqualTo(Door.SENSOR);
        assertThat(device.credential()).isEqualTo(new Credential.OwnCertificate(certificate.fingerprint()));
        assertThat(device.certificate())
                .get()
                .extracting(KnownCertificate::certificate)
                .isEqualTo(certificate);
    }

    @Test
    void goesByTheRecordsAndNotByTheSubject() {
        CertificateDer certificate = door.issued(Recipe.leaf("CN=somebody-else"));

        assertThat(door.identified(Door.with(certificate), label, ENROL)
                        .device()
                        .id())
                .isEqualTo(Door.SENSOR);
    }

    @Test
    void notesTheFirstUseOnlyOnSuccess() {
        CertificateDer certificate = door.issued(recipe);
        door.refused(Door.with(certificate), Door.label(Way.CODE), ENROL);
        assertThat(door.store.known().find(certificate).orElseThrow().firstUsedAt())
                .isEmpty();

        door.identified(Door.with(certificate), label, ENROL);
        door.clock.advance(Duration.ofHours(1));
        door.identified(Door.with(certificate), label, ENROL);

        assertThat(door.store.known().find(certificate).orElseThrow().firstUsedAt())
                .contains(now);
    }

    @Test
    void refusesARevokedOne() {
        CertificateDer certificate = door.issued(recipe);
        door.revoke(certificate);

        assertThat(door.refused(Door.with(certificate), label, REENROL))
                .isEqualTo(new Refusal.CertificateRevoked(certificate.serial(), now));
    }

    @Test
    void refusesARevokedOneEvenBesideTheRightCode() {
        CertificateDer certificate = door.issued(recipe);
        door.revoke(certificate);

        assertThat(door.refused(Door.with("sensor-17", door.code().text(), certificate), label, ENROL))
                .isInstanceOf(Refusal.CertificateRevoked.class);
    }

    @Test
    void refusesARevokedOneThatAlsoExpired() {
        CertificateDer certificate = door.issued(recipe.to(now.plusSeconds(1)));
        door.revoke(certificate);
        door.clock.advance(Duration.ofDays(1));

        assertThat(door.refused(Door.with(certificate), label, REENROL)).isInstanceOf(Refusal.CertificateRevoked.class);
    }

    @Test
    void refusesOneThatIsNotYetValid() {
        CertificateDer certificate = door.issued(recipe.from(now.plusSeconds(60)));

        assertThat(door.refused(Door.with(certificate), label, REENROL))
                .isEqualTo(new Refusal.CertificateNotYetValid(certificate.serial(), now.plusSeconds(60)));
    }

    @Test
    void acceptsOneInItsLastSecondAndNotLater() {
        CertificateDer certificate = door.issued(recipe.to(now));
        door.identified(Door.with(certificate), label, ENROL);

        door.clock.advance(Duration.ofMillis(1));

        assertThat(door.refused(Door.with(certificate), label, ENROL))
                .isEqualTo(new Refusal.CertificateExpired(certificate.serial(), now));
    }

    @Test
    void letsAnExpiredOneRenewItselfWithinItsGrace() {
        CertificateDer certificate = door.issued(recipe.to(now));
        door.clock.advance(Door.GRACE);
        door.identified(Door.with(certificate), label, REENROL);

        door.clock.advance(Duration.ofMillis(1));

        assertThat(door.refused(Door.with(certificate), label, REENROL)).isInstanceOf(Refusal.CertificateExpired.class);
    }

    @Test
    void letsADeviceWithAnExpiredCertificateComeBackWithACode() {
        CertificateDer certificate = door.issued(recipe.to(now));
        door.clock.advance(Duration.ofDays(365));

        AuthenticatedDevice device =
                door.identified(Door.with("sensor-17", door.code().text(), certificate), label, ENROL);

        assertThat(device.credential()).isInstanceOf(Credential.Code.class);
        assertThat(device.certificate()).isEmpty();
    }

    @Test
    void refusesOneForServersOnly() {
        CertificateDer certificate = door.issued(recipe.purpose(KeyPurposeId.id_kp_serverAuth));

        assertThat(door.refused(Door.with(certificate), label, REENROL))
                .isEqualTo(new Refusal.CertificateNotForClients(
                        certificate.serial(), "its extended key usage lacks clientAuth"));
    }

    @Test
    void refusesOneWhoseKeyMayNotSign() {
        CertificateDer certificate = door.issued(recipe.usage(KeyUsage.keyAgreement));

        assertThat(door.refused(Door.with(certificate), label, REENROL))
                .isEqualTo(new Refusal.CertificateNotForClients(
                        certificate.serial(), "its key usage lacks digitalSignature"));
    }

    @Test
    void acceptsOneWithoutUsages() {
        door.identified(Door.with(door.issued(recipe.withoutUsages())), label, REENROL);
    }

    @Test
    void refusesACaCertificate() {
        CertificateDer certificate = door.issued(recipe.isCa(true));

        assertThat(door.refused(Door.with(certificate), label, REENROL))
                .isEqualTo(new Refusal.CertificateNotForClients(certificate.serial(), "it is a CA certificate"));
    }

    @Test
    void refusesAnOperatorsCertificate() {
        CertificateDer certificate = door.issued(recipe, Holder.of(new OperatorName("admin")));

        assertThat(door.refused(Door.with(certificate), label, ENROL))
                .isEqualTo(new Refusal.CertificateNotForClients(
                        certificate.serial(), "it was issued to operator:admin, not to a device"));
    }

    @Test
    void refusesADeviceThatIsHeldEvenWithACode() {
        CertificateDer certificate = door.issued(recipe);
        var code = door.code().text();
        door.state(Device.State.HELD);

        assertThat(door.refused(Door.with("sensor-17", code, certificate), label, ENROL))
                .isEqualTo(new Refusal.DeviceNotActive(Door.SENSOR, "held"));
        assertThat(door.refused(Door.with("sensor-17", code), label, ENROL))
                .isEqualTo(new Refusal.DeviceNotActive(Door.SENSOR, "held"));
    }

    @Test
    void refusesCertificatesWhereTheLabelTakesNone() {
        CertificateDer certificate = door.issued(recipe);

        assertThat(door.refused(Door.with(certificate), Door.label(Way.CODE), ENROL))
                .isEqualTo(new Refusal.WayNotAccepted(Door.LABEL, "certificate"));
    }

    @Test
    void refusesACertificateOfItsOwnNameThatItNeverRecorded() {
        CertificateDer certificate = recipe.by(door.issuer).certificate();

        assertThat(door.refused(Door.with(certificate), label, REENROL))
                .isEqualTo(new Refusal.CertificateForeign("CN=devices"));
    }

    @Test
    void refusesASelfSignedCertificate() {
        CertificateDer certificate = recipe.selfSigned().certificate();

        assertThat(door.refused(Door.with(certificate), label, ENROL))
                .isEqualTo(new Refusal.CertificateForeign("CN=sensor-17"));
    }

    @Test
    void doesNotMixUpTwoDevices() {
        var other = new DeviceId("sensor-18");
        door.devices.register(other, Map.of(), Cause.SYSTEM);
        CertificateDer certificate = door.issued(Recipe.leaf("CN=sensor-17"), Holder.of(other));

        assertThat(door.identified(Door.with(certificate), label, REENROL)
                        .device()
                        .id())
                .isEqualTo(other);
    }
}
