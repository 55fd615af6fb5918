package dev.nameplate.ca.device;

import static dev.nameplate.ca.device.Purpose.ENROL;
import static dev.nameplate.ca.device.Purpose.REENROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class ManufacturerCertificateTest {
    private static final Instant FOR_EVER = Instant.parse("9999-12-31T23:59:59Z");

    private final Door door = new Door();
    private final Instant now = door.clock.instant();
    private final Party root = Recipe.ca("CN=ACME root").to(FOR_EVER).selfSigned();
    private final Party factory = Recipe.ca("CN=ACME factory").to(FOR_EVER).by(root);
    private final EnrolmentLabel label = Door.label(anchor("acme", root, false));
    private final Recipe idevid = Recipe.leaf("CN=sensor-17").to(FOR_EVER).withoutUsages();

    @Test
    void identifiesARegisteredDeviceByItsCommonName() {
        CertificateDer certificate = idevid.by(factory).certificate();

        AuthenticatedDevice device = door.identified(Door.with(certificate, factory.certificate()), label, ENROL);

        assertThat(device.device().id()).isEqualTo(Door.SENSOR);
        assertThat(device.credential()).isEqualTo(new Credential.ManufacturerCertificate(certificate.fingerprint()));
        assertThat(device.certificate()).isEmpty();
    }

    @Test
    void readsTheSerialNumberAttributeWhereTheAnchorSaysSo() {
        var bySerial =
                Door.label(new ManufacturerAnchor("acme", root.certificate(), IdentityField.SERIAL_NUMBER, false));
        CertificateDer certificate =
                Recipe.leaf("CN=Model X,SERIALNUMBER=sensor-17").by(root).certificate();

        assertThat(door.identified(Door.with(certificate), bySerial, ENROL)
                        .device()
                        .id())
                .isEqualTo(Door.SENSOR);
    }

    @Test
    void findsItsWayThroughIntermediatesInAnyOrder() {
        Party line = Recipe.ca("CN=ACME line 4").by(factory);
        CertificateDer certificate = idevid.by(line).certificate();

        door.identified(
                Door.with(certificate, root.certificate(), factory.certificate(), line.certificate()), label, ENROL);
    }

    @Test
    void neverRenewsAnything() {
        CertificateDer certificate = idevid.by(root).certificate();

        assertThat(door.refused(Door.with(certificate), label, REENROL)).isInstanceOf(Refusal.NothingToRenew.class);
    }

    @Test
    void refusesADeviceNobodyRegistered() {
        CertificateDer certificate = Recipe.leaf("CN=sensor-99").by(root).certificate();

        assertThat(door.refused(Door.with(certificate), label, ENROL))
                .isEqualTo(new Refusal.DeviceUnknown(new DeviceId("sensor-99")));
        assertThat(door.devices.find(new DeviceId("sensor-99"))).isEmpty();
    }

    @Test
    void registersAnUnknownDeviceWhereTheAnchorSaysSo() {
        var registering = Door.label(anchor("acme", root, true));
        CertificateDer certificate = Recipe.leaf("CN=sensor-99").by(root).certificate();

        Device device =
                door.identified(Door.with(certificate), registering, ENROL).device();

        assertThat(device.attributes()).isEqualTo(Map.of("manufacturer-anchor", "acme"));
        assertThat(door.store.audit().events().getLast()).satisfies(event -> {
            assertThat(event.action()).isEqualTo("device.registered");
            assertThat(event.actor().value()).isEqualTo("device:sensor-99");
            assertThat(event.request()).isPresent();
            assertThat(event.facts())
                    .containsEntry("certificate", certificate.fingerprint().toString());
        });
    }

    @Test
    void keepsTwoManufacturersWithTheSameDeviceIdApart() {
        Party other = Recipe.ca("CN=Other root").selfSigned();
        var both = Door.label(anchor("acme", root, true), anchor("other", other, true));
        Recipe recipe = Recipe.leaf("CN=sensor-99");
        door.identified(Door.with(recipe.by(root).certificate()), both, ENROL);

        assertThat(door.refused(Door.with(recipe.by(other).certificate()), both, ENROL))
                .isEqualTo(new Refusal.CertificateForeign("CN=Other root"));
    }

    @Test
    void refusesWhoeverIsNoDeviceId() {
        for (String subject : List.of("CN=has space", "O=nobody", "CN=one,CN=two", "CN=-dash-first")) {
            CertificateDer certificate = Recipe.leaf(subject).by(root).certificate();

            assertThat(door.refused(Door.with(certificate), label, ENROL))
                    .as(subject)
                    .isEqualTo(new Refusal.CertificateNotForClients(
                            certificate.serial(), "its subject's common-name is no device id"));
        }
    }

    @Test
    void refusesAHeldDevice() {
        door.state(Device.State.DECOMMISSIONED);

        assertThat(door.refused(Door.with(idevid.by(root).certificate()), label, ENROL))
                .isEqualTo(new Refusal.DeviceNotActive(Door.SENSOR, "decommissioned"));
    }

    @Test
    void refusesAnExpiredOneAndSaysSo() {
        CertificateDer certificate = idevid.to(now.minusSeconds(1)).by(root).certificate();

        assertThat(door.refused(Door.with(certificate), label, ENROL))
                .isEqualTo(new Refusal.CertificateExpired(certificate.serial(), now.minusSeconds(1)));
    }

    @Test
    void refusesOneThatIsNotYetValid() {
        CertificateDer certificate = idevid.from(now.plusSeconds(60)).by(root).certificate();

        assertThat(door.refused(Door.with(certificate), label, ENROL))
                .isEqualTo(new Refusal.CertificateNotYetValid(certificate.serial(), now.plusSeconds(60)));
    }

    @Test
    void saysOfAnExpiredForeignOneOnlyThatItIsForeign() {
        Party stranger = Recipe.ca("CN=ACME root").selfSigned();
        CertificateDer certificate = idevid.to(now.minusSeconds(1)).by(stranger).certificate();

        assertThat(door.refused(Door.with(certificate), label, ENROL))
                .isEqualTo(new Refusal.CertificateForeign("CN=ACME root"));
    }

    @Test
    void refusesOneForServersOnly() {
        CertificateDer certificate =
                idevid.purpose(KeyPurposeId.id_kp_serverAuth).by(root).certificate();

        assertThat(door.refused(Door.with(certificate), label, ENROL))
                .isInstanceOf(Refusal.CertificateNotForClients.class);
    }

    @Test
    void refusesTheManufacturersCaItself() {
        assertThat(door.refused(Door.with(factory.certificate()), label, ENROL))
                .isInstanceOf(Refusal.CertificateNotForClients.class);
        assertThat(door.refused(Door.with(root.certificate()), label, ENROL))
                .isInstanceOfAny(Refusal.CertificateNotForClients.class, Refusal.CertificateForeign.class);
    }

    @Test
    void refusesChainsThatDoNotHold() {
        Party sameName = Recipe.ca("CN=ACME factory").selfSigned();
        Party expired = Recipe.ca("CN=ACME old").to(now.minusSeconds(1)).by(root);
        Party noCa = Recipe.leaf("CN=ACME device").by(root);
        Party mayNotSign =
                Recipe.ca("CN=ACME typo").usage(KeyUsage.digitalSignature).by(root);

        assertForeign(idevid.by(sameName), factory);
        assertForeign(idevid.by(sameName), sameName);
        assertForeign(idevid.by(expired), expired);
        assertForeign(idevid.by(noCa), noCa);
        assertForeign(idevid.by(mayNotSign), mayNotSign);
        assertThat(door.refused(Door.with(idevid.by(factory).certificate()), label, ENROL))
                .isEqualTo(new Refusal.CertificateForeign("CN=ACME factory"));
    }

    @Test
    void refusesMoreCertificatesThanAnyChainNeeds() {
        CertificateDer[] chain = Stream.concat(
                        Stream.of(idevid.by(root).certificate()),
                        Stream.generate(() ->
                                        Recipe.ca("CN=filler").selfSigned().certificate())
                                .limit(6))
                .toArray(CertificateDer[]::new);

        assertThat(door.refused(Door.with(chain), label, ENROL)).isInstanceOf(Refusal.CertificateForeign.class);
    }

    @Test
    void refusesSerialsThatAreNone() {
        CertificateDer certificate =
                idevid.serial(BigInteger.ONE.shiftLeft(200)).by(root).certificate();

        assertThat(door.refused(Door.with(certificate), label, ENROL)).isInstanceOf(Refusal.CertificateForeign.class);
    }

    @Test
    void countsOnlyUnderALabelThatNamesTheManufacturer() {
        assertThat(door.refused(Door.with(idevid.by(root).certificate()), Door.label(Way.CERTIFICATE, Way.CODE), ENROL))
                .isEqualTo(new Refusal.CertificateForeign("CN=ACME root"));
    }

    @Test
    void leavesRoomForACodeWhereTheCertificateIsForeign() {
        CertificateDer foreign = Recipe.leaf("CN=x").selfSigned().certificate();

        assertThat(door.identified(Door.with("sensor-17", door.code().text(), foreign), label, ENROL)
                        .credential())
                .isInstanceOf(Credential.Code.class);
        assertThat(door.refused(Door.with("sensor-17", door.code().text(), foreign), label, REENROL))
                .isInstanceOf(Refusal.CertificateForeign.class);
    }

    @Test
    void anAnchorIsACa() {
        assertThatThrownBy(() -> anchor("acme", Recipe.leaf("CN=x").selfSigned(), false))
                .hasMessage("manufacturer acme: the certificate is not a CA's");
        assertThatThrownBy(() -> new EnrolmentLabel(Door.LABEL, Door.PROFILE, Set.of(Way.MANUFACTURER), List.of()))
                .hasMessageContaining("labels.line-1");
        assertThatThrownBy(() -> new EnrolmentLabel(Door.LABEL, Door.PROFILE, Set.of(), List.of()))
                .hasMessageContaining("labels.line-1.ways is empty");
    }

    private void assertForeign(Party device, Party intermediate) {
        assertThat(door.refused(Door.with(device.certificate(), intermediate.certificate()), label, ENROL))
                .as(intermediate.certificate().parsed().getSubject().toString())
                .isInstanceOf(Refusal.CertificateForeign.class);
    }

    private static ManufacturerAnchor anchor(String name, Party party, boolean register) {
        return new ManufacturerAnchor(name, party.certificate(), IdentityField.COMMON_NAME, register);
    }
}
