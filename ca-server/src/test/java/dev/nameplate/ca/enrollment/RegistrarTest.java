package dev.nameplate.ca.enrollment;

import static dev.nameplate.ca.testkit.TestCa.REQUEST;
import static dev.nameplate.ca.testkit.TestCa.issued;
import static dev.nameplate.ca.testkit.TestCa.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.Attestation;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.IdentityField;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.KeyUse;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.Usages;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A registration authority brings the requests of devices. */
class RegistrarTest {
    private static final ProfileName REGISTRAR = new ProfileName("registrar");

    private final TestCa ca = TestCa.with(profiles())
            .registered("gateway-1", Map.of())
            .registered("sensor-17", Map.of())
            .registered("sensor-18", Map.of());
    private final IssuedCertificate own = certificate("gateway-1", REGISTRAR);
    private final AuthenticatedDevice gateway = ca.withCertificate(own.certificate(), Purpose.ENROL);
    private final EnrolmentLabel label = label(IdentityField.COMMON_NAME, Way.RA);

    @Test
    void certifiesTheDeviceThatTheRequestNames() {
        IssuedCertificate issued = issued(bring(gateway, label, Csrs.named("sensor-17")));

        assertThat(issued.holder()).hasToString("device:sensor-17");
        assertThat(issued.certificate().parsed().getSubject()).hasToString("CN=sensor-17");
    }

    @Test
    void isOnRecordAsTheOneWhoAsked() {
        issued(bring(gateway, label, Csrs.named("sensor-17")));

        AuditEvent event = ca.store.audit().last().orElseThrow().event();
        assertThat(event.subject()).isEqualTo("device:sensor-17");
        assertThat(event.actor().value()).isEqualTo("device:gateway-1");
        assertThat(event.facts().get("credential"))
                .isEqualTo("registrar:" + own.certificate().fingerprint());
    }

    @Test
    void getsTheSameCertificateForTheSameRequestAgain() {
        Csr csr = Csrs.named("sensor-17");

        assertThat(issued(bring(gateway, label, csr)).certificate())
                .isEqualTo(issued(bring(gateway, label, csr)).certificate());
    }

    @Test
    void namesTheDeviceWhereTheLabelSaysSo() {
        EnrolmentLabel bySerial = label(IdentityField.SERIAL_NUMBER, Way.RA);
        Csr csr = Csrs.by(DeviceKey.p256()).subject("serialNumber=sensor-17").csr();

        assertThat(issued(bring(gateway, bySerial, csr)).holder()).hasToString("device:sensor-17");
        assertThat(refused(bring(gateway, bySerial, Csrs.named("sensor-17")))).isInstanceOf(Refusal.FieldWrong.class);
    }

    @Test
    void speaksForNoDeviceThatIsNotRegisteredOrNotActive() {
        assertThat(refused(bring(gateway, label, Csrs.named("stranger"))))
                .isEqualTo(new Refusal.DeviceUnknown(new DeviceId("stranger")));
        Device held =
                ca.store.devices().find(new DeviceId("sensor-17")).orElseThrow().in(Device.State.HELD);
        ca.store.devices().put(held);
        assertThat(refused(bring(gateway, label, Csrs.named("sensor-17")))).isInstanceOf(Refusal.DeviceNotActive.class);
    }

    @Test
    void isNobodyInParticularWhereTheLabelTakesNoAuthority() {
        assertThat(refused(bring(gateway, label(IdentityField.COMMON_NAME, Way.CERTIFICATE), Csrs.named("sensor-17"))))
                .isInstanceOf(Refusal.NotItsOwnName.class);
    }

    @Test
    void isNotWhoeverSaysSo() {
        AuthenticatedDevice sensor = ca.withCertificate(
                certificate("sensor-18", SampleProfiles.LDEVID).certificate(), Purpose.ENROL);

        assertThat(refused(bring(sensor, label, Csrs.named("sensor-17")))).isInstanceOf(Refusal.NotItsOwnName.class);
    }

    @Test
    void bringsNoLinkToAnothersSession() {
        Csr linked = Csrs.by(DeviceKey.p256())
                .subject("CN=sensor-17")
                .attribute("1.2.840.113549.1.9.7", "a link to the device's session")
                .csr();

        assertThat(refused(bring(gateway, label, linked))).isInstanceOf(Refusal.NotLinked.class);
    }

    @Test
    void isRefusedWithACertificateWhoseSuccessorIsInUse() {
        IssuedCertificate next = issued(ca.enrollment.reenroll(
                ca.withCertificate(own.certificate(), Purpose.REENROL),
                TestCa.label(REGISTRAR),
                Csrs.named("gateway-1"),
                REQUEST));
        ca.withCertificate(next.certificate(), Purpose.ENROL);

        AuthenticatedDevice clone = ca.withCertificate(own.certificate(), Purpose.ENROL);

        assertThat(refused(bring(clone, label, Csrs.named("sensor-17"))))
                .isInstanceOf(Refusal.CertificateSuperseded.class);
        assertThat(ca.store.audit().last().orElseThrow().event().action()).isEqualTo("clone.suspected");
    }

    private EnrollmentOutcome bring(AuthenticatedDevice bringer, EnrolmentLabel at, Csr csr) {
        return ca.enrollment.enroll(bringer, at, csr, REQUEST);
    }

    private IssuedCertificate certificate(String device, ProfileName profile) {
        return issued(ca.enrollment.enroll(ca.withCode(device), TestCa.label(profile), Csrs.named(device), REQUEST));
    }

    private static EnrolmentLabel label(IdentityField named, Way way) {
        return new EnrolmentLabel(
                new LabelName("gateways"),
                SampleProfiles.LDEVID,
                Set.of(way),
                List.of(),
                new EnrolmentLabel.Terms(Linking.WHEN_GIVEN, Decision.OF_THE_RULES, Attestation.WHEN_GIVEN, named));
    }

    private static Profiles profiles() {
        Profile usual = SampleProfiles.ldevid();
        var registrar = new Profile(
                REGISTRAR,
                usual.issuer(),
                usual.keys(),
                usual.validity(),
                usual.subject(),
                Usages.of(
                        Set.of(KeyUse.DIGITAL_SIGNATURE), Set.of(ExtendedUse.CLIENT_AUTH, ExtendedUse.parse("cmcRA"))),
                usual.locations(),
                usual.renewal());
        return new Profiles(List.of(usual, registrar));
    }
}
