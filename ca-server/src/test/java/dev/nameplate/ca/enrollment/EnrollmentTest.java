package dev.nameplate.ca.enrollment;

import static dev.nameplate.ca.testkit.SampleProfiles.GATEWAY;
import static dev.nameplate.ca.testkit.SampleProfiles.LDEVID;
import static dev.nameplate.ca.testkit.TestCa.REQUEST;
import static dev.nameplate.ca.testkit.TestCa.issued;
import static dev.nameplate.ca.testkit.TestCa.label;
import static dev.nameplate.ca.testkit.TestCa.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.SigningUnavailableException;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Wish;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.FlakyKey;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.VaultUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EnrollmentTest {
    private final TestCa ca = TestCa.founded().registered("sensor-17", Map.of()).registered("sensor-18", Map.of());
    private final EnrolmentLabel label = label(LDEVID);

    @Test
    void givesADeviceACertificateWithItsNameAndItsKey() {
        DeviceKey key = DeviceKey.p256();

        IssuedCertificate issued = enrolled(
                ca.withCode("sensor-17"), Csrs.by(key).subject("CN=sensor-17").csr());

        var certificate = issued.certificate().parsed();
        assertThat(certificate.getSubject()).hasToString("CN=sensor-17");
        assertThat(certificate.getSubjectPublicKeyInfo()).isEqualTo(key.publicKey());
        assertThat(ca.store.ledger().all()).containsExactly(issued);
    }

    @Test
    void tellsTheTrailWhoGotWhatAndWhy() {
        IssuedCertificate issued = enrolled(ca.withCode("sensor-17"), Csrs.named("sensor-17"));

        AuditEvent event = ca.store.audit().last().map(AuditEntry::event).orElseThrow();
        assertThat(event.action()).isEqualTo("certificate.issued");
        assertThat(event.subject()).isEqualTo("device:sensor-17");
        assertThat(event.request()).contains(REQUEST);
        assertThat(event.facts()).containsEntry("serial", issued.serial().toString());
    }

    @Test
    void answersTheSameRequestWithTheSameOctets() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        DeviceKey key = DeviceKey.p256();
        IssuedCertificate first =
                enrolled(device, Csrs.by(key).subject("CN=sensor-17").csr());
        int signatures = ca.vault.signatures();

        IssuedCertificate again = enrolled(device, Csrs.by(key).csr());

        assertThat(again.certificate()).isEqualTo(first.certificate());
        assertThat(ca.vault.signatures()).isEqualTo(signatures);
        assertThat(ca.store.ledger().all()).hasSize(1);
    }

    @Test
    void answersTheSameRequestAnewOnceTheCertificateIsDue() {
        IssuedCertificate first = enrolled(ca.withCode("sensor-17"), Csrs.named("sensor-17"));
        AuthenticatedDevice device = ca.withCertificate(first.certificate(), Purpose.REENROL);
        Csr csr = Csrs.named("sensor-17");
        IssuedCertificate second = issued(reenroll(device, csr));
        ca.clock.set(second.notAfter().minus(Duration.ofDays(20)));

        IssuedCertificate third = issued(reenroll(device, csr));

        assertThat(third.serial()).isNotEqualTo(second.serial());
        assertThat(third.round()).isEqualTo(1);
    }

    @Test
    void givesNoSecondCertificateForOneCode() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        Csr csr = Csrs.named("sensor-17");
        IssuedCertificate first = enrolled(device, csr);
        ca.clock.set(first.notAfter());

        assertThat(enrolled(device, csr).certificate()).isEqualTo(first.certificate());
    }

    @Test
    void answersManyIdenticalRequestsAtOnceWithOneCertificate() throws InterruptedException, ExecutionException {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        Csr csr = Csrs.named("sensor-17");
        List<Future<IssuedCertificate>> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 32; i++) {
                answers.add(pool.submit(() -> enrolled(device, csr)));
            }
        }

        IssuedCertificate first = answers.getFirst().get();
        for (Future<IssuedCertificate> answer : answers) {
            assertThat(answer.get().certificate()).isEqualTo(first.certificate());
        }
        assertThat(ca.store.ledger().all()).hasSize(1);
    }

    @Test
    void releasesNothingThatTheLedgerCouldNotRecord() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        ca.store.ledger().failNext();

        assertThatThrownBy(() -> enroll(device, Csrs.named("sensor-17")))
                .isInstanceOf(LedgerUnavailableException.class);

        assertThat(ca.store.ledger().all()).isEmpty();
    }

    @Test
    void signsNothingThatWasNotAdmitted() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        int signatures = ca.vault.signatures();

        Refusal refusal = refused(enroll(device, Csrs.named("sensor-18")));

        assertThat(refusal).isInstanceOf(Refusal.NotItsOwnName.class);
        assertThat(ca.vault.signatures()).isEqualTo(signatures);
        assertThat(ca.store.ledger().all()).isEmpty();
    }

    @Test
    void refusesTheKeyOfAnotherDeviceWithoutSayingWhose() {
        DeviceKey key = DeviceKey.p256();
        enrolled(ca.withCode("sensor-17"), Csrs.by(key).csr());

        assertThat(refused(enroll(ca.withCode("sensor-18"), Csrs.by(key).csr())))
                .isEqualTo(new Refusal.KeyTaken());
    }

    @Test
    void keepsTheIssuersOwnKeyOnRecordSoThatNobodyElseGetsIt() {
        var issuersKey = ca.authorities
                .activeKeyFor(ca.profiles.named(LDEVID).issuer())
                .orElseThrow()
                .certificate()
                .keyHash();

        assertThat(ca.store.ledger().holderOfKey(issuersKey)).isPresent();
    }

    @Test
    void refusesASecondKeyForAUsedCode() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        enrolled(device, Csrs.named("sensor-17"));

        assertThat(refused(enroll(device, Csrs.named("sensor-17")))).isInstanceOf(Refusal.CodeUsed.class);
    }

    @Test
    void refusesAKeyWhoseCertificateWasRevoked() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        Csr csr = Csrs.named("sensor-17");
        IssuedCertificate issued = enrolled(device, csr);
        revoke(issued);

        assertThat(refused(enroll(device, csr))).isEqualTo(new Refusal.KeyRevoked(issued.serial()));
    }

    @Test
    void releasesNothingThatTheTokenSignedWrongly() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        ca.vault.be(FlakyKey.Mood.SIGNS_SOMETHING_ELSE);

        assertThatThrownBy(() -> enroll(device, Csrs.named("sensor-17")))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessageContaining("wrong signature");

        assertThat(ca.store.ledger().all()).isEmpty();
    }

    @Test
    void goesOnAfterTheTokenWasAway() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        Csr csr = Csrs.named("sensor-17");
        ca.vault.be(FlakyKey.Mood.AWAY);
        assertThatThrownBy(() -> enroll(device, csr)).isInstanceOf(VaultUnavailableException.class);
        ca.vault.be(FlakyKey.Mood.GOOD);

        assertThat(enrolled(device, csr)).isEqualTo(ca.store.ledger().all().getFirst());
    }

    @Test
    void renewsTheCertificateOfTheSessionForANewKey() {
        IssuedCertificate first = enrolled(ca.withCode("sensor-17"), Csrs.named("sensor-17"));
        AuthenticatedDevice device = ca.withCertificate(first.certificate(), Purpose.REENROL);

        IssuedCertificate second = issued(reenroll(device, Csrs.named("sensor-17")));

        assertThat(second.certificate().parsed().getSubject())
                .isEqualTo(first.certificate().parsed().getSubject());
        assertThat(second.serial()).isNotEqualTo(first.serial());
    }

    @Test
    void renewsNothingWithoutACertificateInTheSession() {
        assertThat(refused(reenroll(ca.withCode("sensor-17"), Csrs.named("sensor-17"))))
                .isInstanceOf(Refusal.NothingToRenew.class);
    }

    @Test
    void renewsNoCertificateOfAnotherProfile() {
        IssuedCertificate first = enrolled(ca.withCode("sensor-17"), Csrs.named("sensor-17"));
        AuthenticatedDevice device = ca.withCertificate(first.certificate(), Purpose.REENROL);

        Refusal refusal = refused(ca.enrollment.reenroll(device, label(GATEWAY), Csrs.named("sensor-17"), REQUEST));

        assertThat(refusal).isInstanceOf(Refusal.NothingToRenew.class);
    }

    @Test
    void refusesASupersededCertificateOnceItsSuccessorWasUsed() {
        IssuedCertificate first = enrolled(ca.withCode("sensor-17"), Csrs.named("sensor-17"));
        AuthenticatedDevice device = ca.withCertificate(first.certificate(), Purpose.REENROL);
        IssuedCertificate second = issued(reenroll(device, Csrs.named("sensor-17")));
        ca.withCertificate(second.certificate(), Purpose.ENROL);

        AuthenticatedDevice clone = ca.withCertificate(first.certificate(), Purpose.REENROL);

        var superseded = new Refusal.CertificateSuperseded(first.serial(), second.serial());
        assertThat(refused(reenroll(clone, Csrs.named("sensor-17")))).isEqualTo(superseded);
        assertThat(refused(enroll(clone, Csrs.named("sensor-17")))).isEqualTo(superseded);
    }

    @Test
    void refusesToSignBeforeTheIssuersOwnTime() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        ca.clock.advance(Duration.ofHours(-2));

        assertThat(refused(enroll(device, Csrs.named("sensor-17")))).isInstanceOf(Refusal.IssuerNotValid.class);
    }

    private EnrollmentOutcome enroll(AuthenticatedDevice device, Csr csr) {
        return ca.enrollment.enroll(device, label, csr, REQUEST);
    }

    private EnrollmentOutcome reenroll(AuthenticatedDevice device, Csr csr) {
        return ca.enrollment.reenroll(device, label, csr, REQUEST);
    }

    private IssuedCertificate enrolled(AuthenticatedDevice device, Csr csr) {
        return issued(enroll(device, csr));
    }

    private void revoke(IssuedCertificate issued) {
        var order = new Order(
                new Wish.Revoke(RevocationReason.KEY_COMPROMISE, Optional.empty()), ca.clock.instant(), Cause.SYSTEM);
        assertThat(ca.store.revocations().apply(order, issued.issuer(), issued.serial()))
                .isPresent();
    }
}
