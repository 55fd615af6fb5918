package dev.nameplate.ca.approval;

import static dev.nameplate.ca.testkit.TestCa.REQUEST;
import static dev.nameplate.ca.testkit.TestCa.issued;
import static dev.nameplate.ca.testkit.TestCa.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static final Cause ALICE = Cause.of(Actor.of(Holder.of(new OperatorName("alice"))), REQUEST);

    private final TestCa ca = TestCa.founded().registered("sensor-17", Map.of()).registered("sensor-18", Map.of());
    private final EnrolmentLabel label = label(Decision.By.OPERATOR, Purpose.ENROL);
    private final DeviceKey key = DeviceKey.p256();

    @Test
    void issuesNothingBeforeAnOperatorSaidSo() {
        int signatures = ca.vault.signatures();

        EnrollmentOutcome outcome = enroll(ca.withCode("sensor-17"), csr());

        assertThat(outcome).isInstanceOf(EnrollmentOutcome.Waiting.class);
        assertThat(ca.vault.signatures()).isEqualTo(signatures);
        assertThat(ca.approvals.waiting(10)).singleElement().satisfies(waiting -> {
            assertThat(waiting.asked().device()).hasToString("sensor-17");
            assertThat(waiting.asked().facts()).containsEntry("subject", "CN=sensor-17");
        });
        assertThat(ca.store.audit().actions()).contains("enrolment.awaiting-approval");
    }

    @Test
    void isStillTheSameRequestWhateverItsOctets() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        PendingId first = waits(enroll(device, csr()));

        assertThat(waits(enroll(device, csr()))).isEqualTo(first);
        assertThat(ca.approvals.waiting(10)).hasSize(1);
    }

    @Test
    void givesTheCertificateToTheNextRequestAfterTheApprovalAndTheSameToAllAfterThat() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        PendingId id = waits(enroll(device, csr()));
        ca.approvals.approve(id, Optional.of("known to me"), ALICE);

        IssuedCertificate first = issued(enroll(device, csr()));

        assertThat(issued(enroll(device, csr())).certificate()).isEqualTo(first.certificate());
        assertThat(ca.store.ledger().all()).hasSize(1);
        assertThat(ca.approvals.find(id).orElseThrow().state()).isEqualTo(PendingRequest.State.GRANTED);
        assertThat(ca.approvals.find(id).orElseThrow().serial()).contains(first.serial());
        AuditEvent event = ca.store.audit().events().stream()
                .filter(one -> one.action().equals("certificate.issued"))
                .findFirst()
                .orElseThrow();
        assertThat(event.facts()).containsEntry("approved-by", "operator:alice").containsEntry("approval", id.value());
        assertThat(ca.store.audit().actions())
                .containsSubsequence(
                        "enrolment.awaiting-approval", "enrolment.approved", "certificate.issued", "enrolment.granted");
    }

    @Test
    void issuesOnceHoweverManyAskAtOnceAfterTheApproval() throws InterruptedException, ExecutionException {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        ca.approvals.approve(waits(enroll(device, csr())), Optional.empty(), ALICE);
        List<Future<EnrollmentOutcome>> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 16; i++) {
                answers.add(pool.submit(() -> enroll(device, csr())));
            }
        }

        IssuedCertificate first = issued(answers.getFirst().get());
        for (Future<EnrollmentOutcome> answer : answers) {
            assertThat(issued(answer.get()).certificate()).isEqualTo(first.certificate());
        }
        assertThat(ca.store.ledger().all()).hasSize(1);
        assertThat(ca.store.audit().actions()).containsOnlyOnce("enrolment.granted");
    }

    @Test
    void doesNotLetOneApprovalPayForARenewal() {
        EnrolmentLabel both = label(Decision.By.OPERATOR, Purpose.ENROL, Purpose.REENROL);
        AuthenticatedDevice device = ca.withCode("sensor-17");
        ca.approvals.approve(waits(enroll(device, both, csr())), Optional.empty(), ALICE);
        IssuedCertificate first = issued(enroll(device, both, csr()));
        AuthenticatedDevice renewing = ca.withCertificate(first.certificate(), Purpose.REENROL);
        DeviceKey next = DeviceKey.p256();
        ca.approvals.approve(waits(reenroll(renewing, both, csr(next))), Optional.empty(), ALICE);
        IssuedCertificate second = issued(reenroll(renewing, both, csr(next)));

        ca.clock.set(second.notAfter().minus(Duration.ofDays(20)));

        assertThat(reenroll(renewing, both, csr(next))).isInstanceOf(EnrollmentOutcome.Waiting.class);
    }

    @Test
    void asksNobodyForRenewalsUnlessTheLabelSaysSo() {
        IssuedCertificate first = issued(
                ca.enrollment.enroll(ca.withCode("sensor-17"), TestCa.label(SampleProfiles.LDEVID), csr(), REQUEST));
        AuthenticatedDevice device = ca.withCertificate(first.certificate(), Purpose.REENROL);

        assertThat(reenroll(device, label, csr(DeviceKey.p256()))).isInstanceOf(EnrollmentOutcome.Issued.class);
    }

    @Test
    void givesNothingToAnotherDeviceThatAsksForTheSameKey() {
        PendingId id = waits(enroll(ca.withCode("sensor-17"), csr()));
        ca.approvals.approve(id, Optional.empty(), ALICE);
        Csr stolen = Csrs.by(key).csr();

        assertThat(waits(enroll(ca.withCode("sensor-18"), stolen))).isNotEqualTo(id);
        assertThat(ca.store.ledger().all()).isEmpty();
    }

    @Test
    void tellsARejectedDeviceSoAndWhy() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        ca.approvals.reject(waits(enroll(device, csr())), Optional.of("not on the list"), ALICE);

        assertThat(refused(enroll(device, csr())))
                .isEqualTo(new Refusal.RequestRejected("an operator", Optional.of("not on the list")));
        assertThat(ca.store.audit().actions()).contains("enrolment.rejected");
    }

    @Test
    void takesOneWordForEachRequest() {
        PendingId id = waits(enroll(ca.withCode("sensor-17"), csr()));
        ca.approvals.reject(id, Optional.empty(), ALICE);

        assertThat(ca.approvals.reject(id, Optional.empty(), ALICE)).isInstanceOf(ApprovalOutcome.Decided.class);
        assertThat(ca.approvals.approve(id, Optional.empty(), ALICE)).isInstanceOf(ApprovalOutcome.Refused.class);
        assertThat(ca.store.audit().actions()).doesNotContain("enrolment.approved");
    }

    @Test
    void makesAnEndOfWhatWaitedTooLongAndTakesTheRequestAnewAfterThat() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        PendingId first = waits(enroll(device, csr()));
        ca.clock.advance(Duration.ofDays(7));

        assertThat(ca.approvals.approve(first, Optional.empty(), ALICE)).isInstanceOf(ApprovalOutcome.Refused.class);
        ca.approvals.tidy();

        assertThat(ca.store.audit().actions()).contains("enrolment.expired");
        assertThat(waits(enroll(device, csr()))).isNotEqualTo(first);
    }

    @Test
    void doesNotGrantWhatWasApprovedButNotFetchedInTime() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        ca.approvals.approve(waits(enroll(device, csr())), Optional.empty(), ALICE);
        ca.clock.advance(Duration.ofDays(7));

        assertThat(enroll(device, csr())).isInstanceOf(EnrollmentOutcome.Waiting.class);
        assertThat(ca.store.ledger().all()).isEmpty();
    }

    @Test
    void keepsACodeGoodForTheRequestThatWaitsUnderIt() {
        TestCa.Coded sensor = ca.coded("sensor-17");
        PendingId id = waits(enroll(sensor.device(), csr()));
        ca.clock.advance(Duration.ofDays(2));
        ca.approvals.approve(id, Optional.empty(), ALICE);

        assertThat(enroll(ca.again(sensor), csr())).isInstanceOf(EnrollmentOutcome.Issued.class);
    }

    @Test
    void takesOneRequestForOneCode() {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        waits(enroll(device, csr()));

        assertThat(refused(enroll(device, csr(DeviceKey.p256())))).isInstanceOf(Refusal.CodeUsed.class);
    }

    @Test
    void letsSoManyOfADeviceWaitAndNoMore() {
        for (int i = 0; i < ApprovalSettings.defaults().bounds().perDevice(); i++) {
            waits(enroll(ca.withCode("sensor-17"), csr(DeviceKey.p256())));
        }

        assertThat(refused(enroll(ca.withCode("sensor-17"), csr(DeviceKey.p256()))))
                .isInstanceOf(Refusal.QuotaSpent.class);
        waits(enroll(ca.withCode("sensor-18"), Csrs.named("sensor-18")));
    }

    @Test
    void stillRefusesWhatTheRulesRefuseBeforeAnybodyIsAsked() {
        assertThat(refused(enroll(ca.withCode("sensor-17"), Csrs.named("sensor-18"))))
                .isInstanceOf(Refusal.NotItsOwnName.class);
        assertThat(ca.approvals.waiting(10)).isEmpty();
    }

    @Test
    void doesWhatTheWebhookSays() {
        EnrolmentLabel asking = label(Decision.By.WEBHOOK, Purpose.ENROL);
        AuthenticatedDevice device = ca.withCode("sensor-17");

        ca.judge = _ -> new Judge.Judgement.Silent("the webhook is away", Duration.ofSeconds(30));
        assertThat(refused(enroll(device, asking, csr())))
                .isEqualTo(new Refusal.DecisionUnavailable("the webhook is away", Duration.ofSeconds(30)));

        ca.judge = _ -> new Judge.Judgement.Refuses(Optional.of("unknown batch"));
        assertThat(refused(enroll(device, asking, csr())))
                .isEqualTo(new Refusal.RequestRejected("the webhook", Optional.of("unknown batch")));
        refused(enroll(device, asking, csr()));
        assertThat(ca.store.audit().actions()).containsOnlyOnce("enrolment.refused");

        ca.judge = _ -> new Judge.Judgement.AsksAnOperator(Optional.empty());
        assertThat(enroll(device, asking, csr())).isInstanceOf(EnrollmentOutcome.Waiting.class);
        ca.judge = _ -> {
            throw new AssertionError("what an operator is asked is not for the webhook any more");
        };
        assertThat(enroll(device, asking, csr())).isInstanceOf(EnrollmentOutcome.Waiting.class);
    }

    @Test
    void writesDownThatTheWebhookAdmitted() {
        ca.judge = _ -> new Judge.Judgement.Admits(Optional.of("batch 7"));

        issued(enroll(ca.withCode("sensor-17"), label(Decision.By.WEBHOOK, Purpose.ENROL), csr()));

        assertThat(ca.store.audit().last().orElseThrow().event().facts())
                .containsEntry("approved-by", "webhook")
                .containsEntry("reason", "batch 7");
    }

    private EnrollmentOutcome enroll(AuthenticatedDevice device, Csr csr) {
        return enroll(device, label, csr);
    }

    private EnrollmentOutcome enroll(AuthenticatedDevice device, EnrolmentLabel at, Csr csr) {
        return ca.enrollment.enroll(device, at, csr, REQUEST);
    }

    private EnrollmentOutcome reenroll(AuthenticatedDevice device, EnrolmentLabel at, Csr csr) {
        return ca.enrollment.reenroll(device, at, csr, REQUEST);
    }

    private Csr csr() {
        return csr(key);
    }

    private static Csr csr(DeviceKey of) {
        return Csrs.by(of).subject("CN=sensor-17").csr();
    }

    private static PendingId waits(EnrollmentOutcome outcome) {
        return ((EnrollmentOutcome.Waiting) outcome).id();
    }

    private static EnrolmentLabel label(Decision.By by, Purpose... on) {
        return new EnrolmentLabel(
                LabelName.NONE,
                SampleProfiles.LDEVID,
                Set.of(Way.CERTIFICATE, Way.CODE),
                List.of(),
                EnrolmentLabel.Terms.of(Linking.WHEN_GIVEN, new Decision(by, Set.of(on))));
    }
}
