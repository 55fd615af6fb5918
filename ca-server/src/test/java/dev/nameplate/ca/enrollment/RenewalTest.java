package dev.nameplate.ca.enrollment;

import static dev.nameplate.ca.testkit.TestCa.REQUEST;
import static dev.nameplate.ca.testkit.TestCa.issued;
import static dev.nameplate.ca.testkit.TestCa.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.Renewal;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Re-enrolment where something goes wrong on the way, as it does in a fleet. */
class RenewalTest {
    private static final EnrolmentLabel LABEL = TestCa.label(SampleProfiles.LDEVID);
    private static final Duration WINDOW = Duration.ofDays(20);

    private final TestCa ca = TestCa.founded().registered("sensor-17", Map.of());
    private final IssuedCertificate first =
            issued(ca.enrollment.enroll(ca.withCode("sensor-17"), LABEL, Csrs.named("sensor-17"), REQUEST));

    @Nested
    class ALostReply {
        @Test
        void isMadeUpForByTheSameRequest() {
            DeviceKey next = DeviceKey.p256();
            IssuedCertificate lost = issued(renew(first, csr(next)));

            assertThat(issued(renew(first, csr(next))).certificate()).isEqualTo(lost.certificate());
            assertThat(ca.store.ledger().all()).hasSize(2);
        }

        @Test
        void doesNotLockOutADeviceThatMadeAnotherKeyMeanwhile() {
            issued(renew(first, csr(DeviceKey.p256())));

            IssuedCertificate second = issued(renew(first, csr(DeviceKey.p256())));

            use(second);
            assertThat(ca.store.audit().actions()).doesNotContain("clone.suspected");
        }

        @Test
        void isMadeUpForAfterTheOldCertificateEndedToo() {
            DeviceKey next = DeviceKey.p256();
            ca.clock.set(first.notAfter().minusSeconds(1));
            IssuedCertificate lost = issued(renew(first, csr(next)));
            ca.clock.set(first.notAfter().plus(Duration.ofDays(6)));

            assertThat(issued(renew(first, csr(next))).certificate()).isEqualTo(lost.certificate());
        }
    }

    @Nested
    class TheOldCertificate {
        @Test
        void isGoodUntilTheNewOneIsUsed() {
            issued(renew(first, csr(DeviceKey.p256())));

            assertThat(ca.enrollment.enroll(use(first), LABEL, csr(DeviceKey.p256()), REQUEST))
                    .isInstanceOf(EnrollmentOutcome.Issued.class);
            assertThat(ca.store
                            .ledger()
                            .find(first.certificate())
                            .orElseThrow()
                            .standing()
                            .revokedAt())
                    .isEmpty();
        }

        @Test
        void isRefusedOnceTheNewOneWasUsedAndThatIsAlarming() {
            IssuedCertificate second = issued(renew(first, csr(DeviceKey.p256())));
            use(second);

            assertThat(refused(renew(first, csr(DeviceKey.p256()))))
                    .isEqualTo(new Refusal.CertificateSuperseded(first.serial(), second.serial()));

            AuditEvent alarm = ca.store.audit().last().orElseThrow().event();
            assertThat(alarm.action()).isEqualTo("clone.suspected");
            assertThat(alarm.subject()).isEqualTo("device:sensor-17");
            assertThat(alarm.facts())
                    .containsEntry("serial", first.serial().toString())
                    .containsEntry("successor", second.serial().toString());
            assertThat(ca.clones.rung()).isEqualTo(1);
        }

        @Test
        void fillsNoTrailByKnockingAgainAndAgain() {
            use(issued(renew(first, csr(DeviceKey.p256()))));
            for (int i = 0; i < 5; i++) {
                refused(renew(first, csr(DeviceKey.p256())));
            }

            assertThat(ca.clones.rung()).isEqualTo(5);
            assertThat(ca.store.audit().actions()).containsOnlyOnce("clone.suspected");
            ca.clock.advance(Duration.ofHours(1));
            refused(renew(first, csr(DeviceKey.p256())));
            assertThat(alarms()).isEqualTo(2);
        }
    }

    @Nested
    class ADeviceRestoredFromABackup {
        @Test
        void ofTheCertificateBeforeIsTakenForACloneAndComesBackWithACode() {
            use(issued(renew(first, csr(DeviceKey.p256()))));

            assertThat(refused(renew(first, csr(DeviceKey.p256())))).isInstanceOf(Refusal.CertificateSuperseded.class);

            assertThat(ca.enrollment.enroll(ca.withCode("sensor-17"), LABEL, csr(DeviceKey.p256()), REQUEST))
                    .isInstanceOf(EnrollmentOutcome.Issued.class);
        }

        @Test
        void ofBeforeTheNewCertificateWasUsedGoesOnUnharmed() {
            issued(renew(first, csr(DeviceKey.p256())));

            use(issued(renew(first, csr(DeviceKey.p256()))));

            assertThat(alarms()).isZero();
        }

        @Test
        void ofTwoGenerationsAgoIsTakenForACloneToo() {
            IssuedCertificate second = issued(renew(first, csr(DeviceKey.p256())));
            use(issued(renew(second, csr(DeviceKey.p256()))));

            assertThat(refused(renew(first, csr(DeviceKey.p256())))).isInstanceOf(Refusal.CertificateSuperseded.class);
        }
    }

    @Nested
    class TwoDevicesWithOneBackup {
        @Test
        void areToldApartAtTheSecondRenewal() {
            IssuedCertificate ones = issued(renew(first, csr(DeviceKey.p256())));
            use(ones);

            assertThat(refused(renew(first, csr(DeviceKey.p256())))).isInstanceOf(Refusal.CertificateSuperseded.class);
            assertThat(alarms()).isEqualTo(1);
            assertThat(renew(ones, csr(DeviceKey.p256()))).isInstanceOf(EnrollmentOutcome.Issued.class);
        }

        @Test
        void areToldApartAlsoWhereBothRenewedBeforeEitherWasUsed() {
            IssuedCertificate ones = issued(renew(first, csr(DeviceKey.p256())));
            IssuedCertificate others = issued(renew(first, csr(DeviceKey.p256())));
            use(ones);
            use(others);

            refused(renew(first, csr(DeviceKey.p256())));

            assertThat(alarms()).isEqualTo(1);
        }
    }

    @Nested
    class BeforeItsTime {
        private final TestCa strict =
                with(new Renewal(WINDOW, Duration.ofDays(7), Renewal.Early.REFUSED, Renewal.NamesChange.REGISTERED));
        private final IssuedCertificate young =
                issued(strict.enrollment.enroll(strict.withCode("sensor-17"), LABEL, Csrs.named("sensor-17"), REQUEST));

        @Test
        void aCertificateIsNotRenewedWhereTheProfileSaysSo() {
            strict.clock.set(young.notAfter().minus(WINDOW).minusSeconds(10));

            assertThat(refused(renew(strict, young, csr(DeviceKey.p256()))))
                    .isEqualTo(new Refusal.RenewalTooEarly(
                            young.serial(), young.notAfter().minus(WINDOW), Duration.ofSeconds(10)));
            strict.clock.advance(Duration.ofSeconds(10));
            assertThat(renew(strict, young, csr(DeviceKey.p256()))).isInstanceOf(EnrollmentOutcome.Issued.class);
        }

        @Test
        void aCertificateIsRenewedIfAnOperatorCallsForIt() {
            strict.calledForward = true;

            assertThat(renew(strict, young, csr(DeviceKey.p256()))).isInstanceOf(EnrollmentOutcome.Issued.class);
        }
    }

    @Nested
    class Names {
        private static final EnrolmentLabel GATEWAYS = TestCa.label(SampleProfiles.GATEWAY);
        private final TestCa gateways = TestCa.with(new Profiles(List.of(SampleProfiles.with(
                        SampleProfiles.gateway(),
                        new Renewal(WINDOW, Duration.ZERO, Renewal.Early.RENEWED, Renewal.NamesChange.REQUESTED)))))
                .registered("gw-1", Map.of("dns", "old.example.com"));
        private final IssuedCertificate old =
                issued(gateways.enrollment.enroll(gateways.withCode("gw-1"), GATEWAYS, Csrs.named("gw-1"), REQUEST));

        @Test
        void stayWhereNothingChanged() {
            assertThat(renew(usual())).isInstanceOf(EnrollmentOutcome.Issued.class);
        }

        @Test
        void changeWithTheRegistrationWhereTheRequestAsksForIt() {
            move("new.example.com");

            IssuedCertificate renewed = issued(renew(changing("CN=gw-1", "new.example.com")));

            assertThat(gatewayNames(renewed)).containsExactly("new.example.com");
        }

        @Test
        void changeOnSimpleEnrollTooWhereACertificateHasThem() {
            move("new.example.com");
            AuthenticatedDevice device = gateways.withCertificate(old.certificate(), Purpose.ENROL);

            var outcome = gateways.enrollment.enroll(
                    device, GATEWAYS, changing("CN=gw-1", "new.example.com").csr(), REQUEST);

            assertThat(gatewayNames(issued(outcome))).containsExactly("new.example.com");
            assertThat(refused(gateways.enrollment.enroll(
                            gateways.withCode("gw-1"),
                            GATEWAYS,
                            changing("CN=gw-1", "new.example.com").csr(),
                            REQUEST)))
                    .isInstanceOf(Refusal.AttributeNotSupported.class);
        }

        @Test
        void doNotChangeWithoutBeingAskedFor() {
            move("new.example.com");

            assertThat(refused(renew(usual()))).isInstanceOf(Refusal.NewNames.class);
        }

        @Test
        void areThoseOfTheRegistrationWhateverIsAskedFor() {
            move("new.example.com");

            assertThat(refused(renew(changing("CN=gw-1", "other.example.com")))).isInstanceOf(Refusal.NewNames.class);
            assertThat(refused(renew(changing("CN=gw-2", "new.example.com")))).isInstanceOf(Refusal.NewNames.class);
            assertThat(refused(renew(usual().changingNames(new X500Name("CN=gw-1")))))
                    .as("without alternative names")
                    .isInstanceOf(Refusal.NewNames.class);
        }

        @Test
        void areChangedFromThoseOfTheCertificateAlone() {
            move("new.example.com");
            var wrong = Csrs.by(DeviceKey.p256())
                    .subject("CN=gw-1")
                    .dns("new.example.com")
                    .changingNames(new X500Name("CN=gw-1"), dns("new.example.com"));

            assertThat(refused(renew(wrong))).isInstanceOf(Refusal.NamesDiffer.class);
        }

        private void move(String dns) {
            Device device = gateways.store.devices().find(new DeviceId("gw-1")).orElseThrow();
            gateways.store
                    .devices()
                    .put(new Device(device.id(), device.state(), Map.of("dns", dns), device.registeredAt()));
        }

        private EnrollmentOutcome renew(Csrs csr) {
            AuthenticatedDevice device = gateways.withCertificate(old.certificate(), Purpose.REENROL);
            return gateways.enrollment.reenroll(device, GATEWAYS, csr.csr(), REQUEST);
        }

        private Csrs usual() {
            return Csrs.by(DeviceKey.p256()).subject("CN=gw-1").dns("old.example.com");
        }

        private Csrs changing(String subject, String dns) {
            return usual().changingNames(new X500Name(subject), dns(dns));
        }

        private static GeneralName dns(String name) {
            return new GeneralName(GeneralName.dNSName, name);
        }

        private static List<String> gatewayNames(IssuedCertificate issued) {
            return List.of(org.bouncycastle.asn1.x509.GeneralNames.fromExtensions(
                                    issued.certificate().parsed().getExtensions(),
                                    org.bouncycastle.asn1.x509.Extension.subjectAlternativeName)
                            .getNames())
                    .stream()
                    .map(name -> name.getName().toString())
                    .toList();
        }
    }

    @Test
    void aBatchMadeInOneNightDoesNotEndInOneNight() {
        List<Long> ends = IntStream.range(0, 60)
                .mapToObj(i ->
                        issued(ca.enrollment.enroll(ca.withCode("sensor-17"), LABEL, Csrs.named("sensor-17"), REQUEST)))
                .map(one -> Duration.between(ca.clock.instant(), one.notAfter()).toDays())
                .toList();

        assertThat(ends).allMatch(days -> days >= 355 && days <= 365);
        assertThat(ends.stream().distinct().count()).isGreaterThan(5);
    }

    private EnrollmentOutcome renew(IssuedCertificate with, Csr csr) {
        return renew(ca, with, csr);
    }

    private static EnrollmentOutcome renew(TestCa at, IssuedCertificate with, Csr csr) {
        return at.enrollment.reenroll(at.withCertificate(with.certificate(), Purpose.REENROL), LABEL, csr, REQUEST);
    }

    private AuthenticatedDevice use(IssuedCertificate certificate) {
        return ca.withCertificate(certificate.certificate(), Purpose.ENROL);
    }

    private long alarms() {
        return ca.store.audit().actions().stream()
                .filter("clone.suspected"::equals)
                .count();
    }

    private static Csr csr(DeviceKey key) {
        return Csrs.by(key).subject("CN=sensor-17").csr();
    }

    private static TestCa with(Renewal renewal) {
        return TestCa.with(new Profiles(List.of(SampleProfiles.with(SampleProfiles.ldevid(), renewal))))
                .registered("sensor-17", Map.of());
    }
}
