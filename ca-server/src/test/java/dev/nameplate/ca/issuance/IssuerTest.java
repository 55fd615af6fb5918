package dev.nameplate.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.enrollment.OperatorEnrollment;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

class IssuerTest {
    private static final Map<String, String> GATEWAY = Map.of("dns", "gw-1.example.com", "serial", "SN-1");

    @Test
    void issuesByEveryProfileOfDevices() {
        TestCa ca = TestCa.founded().registered("gw-1", GATEWAY);

        for (ProfileName profile : List.of(SampleProfiles.LDEVID, SampleProfiles.IDEVID, SampleProfiles.GATEWAY)) {
            IssuedCertificate issued = TestCa.issued(enroll(ca, profile));
            assertThat(issued.profile()).isEqualTo(profile);
        }
    }

    @Test
    void endsAnIdevidNever() {
        TestCa ca = TestCa.founded().registered("gw-1", GATEWAY);

        IssuedCertificate issued = TestCa.issued(enroll(ca, SampleProfiles.IDEVID));

        assertThat(issued.notAfter()).isEqualTo("9999-12-31T23:59:59Z");
        assertThat(issued.certificate().parsed().getSubject()).hasToString("O=Example,SERIALNUMBER=SN-1,CN=gw-1");
    }

    @Test
    void endsNoCertificateAfterItsIssuer() {
        TestCa ca = TestCa.whoseIssuerLasts(Duration.ofDays(30)).registered("gw-1", GATEWAY);

        IssuedCertificate issued = TestCa.issued(enroll(ca, SampleProfiles.LDEVID));

        assertThat(issued.notAfter()).isEqualTo(ca.clock.instant().plus(Duration.ofDays(30)));
    }

    @Test
    void movesNoFixedEnd() {
        TestCa ca = TestCa.whoseIssuerLasts(Duration.ofDays(30)).registered("gw-1", GATEWAY);

        assertThat(TestCa.refused(enroll(ca, SampleProfiles.IDEVID)))
                .isInstanceOfSatisfying(
                        Refusal.IssuerNotValid.class,
                        refusal -> assertThat(refusal.why()).contains("fixed end"));
    }

    @Test
    void signsNothingAfterTheIssuersEnd() {
        TestCa ca = TestCa.whoseIssuerLasts(Duration.ofDays(30)).registered("gw-1", GATEWAY);
        ca.clock.advance(Duration.ofDays(31));

        assertThat(TestCa.refused(enroll(ca, SampleProfiles.LDEVID))).isInstanceOf(Refusal.IssuerNotValid.class);
    }

    @Test
    void writesWhatTheProfileSaysAndNothingElse() {
        TestCa ca = TestCa.founded().registered("gw-1", GATEWAY);

        X509CertificateHolder certificate =
                TestCa.issued(enroll(ca, SampleProfiles.GATEWAY)).certificate().parsed();

        assertThat(Set.of(certificate.getExtensions().getExtensionOIDs()))
                .containsExactlyInAnyOrder(
                        Extension.authorityKeyIdentifier,
                        Extension.subjectKeyIdentifier,
                        Extension.keyUsage,
                        Extension.extendedKeyUsage,
                        Extension.subjectAlternativeName,
                        Extension.cRLDistributionPoints,
                        Extension.authorityInfoAccess);
        assertThat(certificate.getExtension(Extension.keyUsage).isCritical()).isTrue();
    }

    @Test
    void certifiesADoorUnderItsNamesAndAddresses() {
        TestCa ca = TestCa.founded();

        X509CertificateHolder certificate =
                issued(ca.services.issue(door(DeviceKey.p256()))).certificate().parsed();

        assertThat(GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName)
                        .getNames())
                .extracting(Object::toString)
                .containsExactly("2: ca.example.com", "7: #7f000001");
        assertThat(ExtendedKeyUsage.fromExtensions(certificate.getExtensions()).getUsages())
                .containsExactly(KeyPurposeId.id_kp_serverAuth);
    }

    @Test
    void renewsADoorsCertificateForTheSameKeyOnlyOnceItIsDue() {
        TestCa ca = TestCa.founded();
        DeviceKey key = DeviceKey.p256();
        IssuedCertificate first = issued(ca.services.issue(door(key)));
        assertThat(issued(ca.services.issue(door(key)))).isEqualTo(first);
        ca.clock.set(first.notAfter().minus(Duration.ofDays(1)));

        IssuedCertificate second = issued(ca.services.issue(door(key)));

        assertThat(second.round()).isEqualTo(1);
        assertThat(second.serial()).isNotEqualTo(first.serial());
    }

    @Test
    void drawsAnotherSerialWhenOneWasTaken() {
        TestCa ca = TestCa.founded();
        Issuer issuer = new Issuer(ca.store.ledger(), ca.authorities, ca.linter, ca.clock, new Stuttering());
        ServiceCertificates services = new ServiceCertificates(ca.policy, issuer);
        IssuedCertificate first = issued(services.issue(door(DeviceKey.p256())));

        IssuedCertificate second = issued(services.issue(door(DeviceKey.p256())));

        assertThat(second.serial()).isNotEqualTo(first.serial());
        assertThat(ca.store.ledger().all()).containsExactly(first, second);
    }

    @Test
    void refusesADoorAWrongName() {
        var wrong = new ServiceRequest(
                "door-device", SampleProfiles.DOOR, DeviceKey.p256().publicKey(), List.of("no host"));

        assertThat(TestCa.founded().services.issue(wrong)).isInstanceOf(Issuance.Refused.class);
    }

    @Test
    void certifiesTheOtherServices() {
        TestCa ca = TestCa.founded();
        Stream.of(SampleProfiles.RESPONDER, SampleProfiles.AUDIT).forEach(profile -> {
            var request = new ServiceRequest(
                    profile.value(), profile, DeviceKey.p256().publicKey(), List.of());
            assertThat(issued(ca.services.issue(request)).profile()).isEqualTo(profile);
        });
    }

    @Test
    void namesAnOperatorOnAnAdministratorsWord() {
        TestCa ca = TestCa.founded();
        var wish = new OperatorEnrollment.Wish(
                new OperatorName("jo"), new OperatorName("admin"), SampleProfiles.OPERATOR, Csrs.named("jo"));

        IssuedCertificate issued = issued(ca.operators.enroll(wish, Cause.SYSTEM));

        assertThat(issued.certificate().parsed().getSubject()).hasToString("CN=jo");
        assertThat(issued.holder()).hasToString("operator:jo");
    }

    @Test
    void refusesAnOperatorAnothersName() {
        var wish = new OperatorEnrollment.Wish(
                new OperatorName("jo"), new OperatorName("admin"), SampleProfiles.OPERATOR, Csrs.named("admin"));

        assertThat(TestCa.founded().operators.enroll(wish, Cause.SYSTEM))
                .isInstanceOfSatisfying(
                        Issuance.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.FieldWrong.class));
    }

    private static EnrollmentOutcome enroll(TestCa ca, ProfileName profile) {
        EnrolmentLabel label = TestCa.label(profile);
        return ca.enrollment.enroll(ca.withCode("gw-1"), label, Csrs.named("gw-1"), TestCa.REQUEST);
    }

    private static ServiceRequest door(DeviceKey key) {
        return new ServiceRequest(
                "door-device", SampleProfiles.DOOR, key.publicKey(), List.of("ca.example.com", "127.0.0.1"));
    }

    private static IssuedCertificate issued(Issuance issuance) {
        return switch (issuance) {
            case Issuance.Issued(var certificate) -> certificate;
            case Issuance.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    /** Draws the same octets twice, and others after that. */
    private static final class Stuttering extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private int draws;

        @Override
        public void nextBytes(byte[] octets) {
            Arrays.fill(octets, (byte) Math.max(1, draws));
            draws++;
        }
    }
}
