package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.approval.Decisions;
import dev.nameplate.ca.approval.Evidence;
import dev.nameplate.ca.approval.Verdict;
import dev.nameplate.ca.approval.Wish;
import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.policy.AdmittedRequest;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** A device and its CSR become a certificate on record, a request that waits for somebody's word, or a refusal. */
public final class Enrollment {
    private final Applicants applicants;
    private final CsrPolicy policy;
    private final Issuer issuer;
    private final Decisions decisions;
    private final Attestations attestation;
    private final EarlyRenewals early;
    private final CloneAlarm clones;

    public Enrollment(
            Applicants applicants,
            CsrPolicy policy,
            Issuer issuer,
            Decisions decisions,
            Attestations attestation,
            EarlyRenewals early,
            CloneAlarm clones) {
        this.applicants = applicants;
        this.policy = policy;
        this.issuer = issuer;
        this.decisions = decisions;
        this.attestation = attestation;
        this.early = early;
        this.clones = clones;
    }

    /** One request under way. */
    private record Order(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, Purpose purpose, Wish.From from) {
        static Order of(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, Purpose purpose, RequestId request) {
            Actor speaker = Actor.of(Holder.of(device.speaker()));
            return new Order(device, label, csr, purpose, new Wish.From(request, device.source(), speaker));
        }

        /** Who brought it says where it came from. */
        Order from(AuthenticatedDevice bringer) {
            return new Order(
                    device, label, csr, purpose, new Wish.From(from.request(), bringer.source(), from.speaker()));
        }

        Holder holder() {
            return Holder.of(device.device().id());
        }

        Cause cause() {
            return Cause.of(from.speaker(), from.request());
        }
    }

    /** RFC 7030, 4.2.1. */
    public EnrollmentOutcome enroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request) {
        Order brought = Order.of(device, label, csr, Purpose.ENROL, request);
        Optional<Refusal> clone = superseded(device);
        if (clone.isPresent()) {
            return complete(new Admission.Refused(clone.get()), brought);
        }
        return switch (applicants.of(device, label, csr)) {
            case Authentication.NotIdentified(var refusal) -> new EnrollmentOutcome.Refused(refusal);
            case Authentication.Identified(var applicant) ->
                complete(
                        policy.admit(applicant, label, csr),
                        Order.of(applicant, label, csr, Purpose.ENROL, request).from(device));
        };
    }

    /** Also where the certificate speaks for another. */
    private static Optional<Refusal> superseded(AuthenticatedDevice device) {
        return device.certificate()
                .flatMap(shown -> shown.successorInUse()
                        .map(successor -> new Refusal.CertificateSuperseded(
                                shown.certificate().serial(), successor)));
    }

    /** RFC 7030, 4.2.2: renews the certificate of the TLS session, and no other. */
    public EnrollmentOutcome reenroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request) {
        Admission admission = policy.admitRenewal(device, label, csr);
        Optional<Refusal> tooEarly = admission instanceof Admission.Admitted
                ? device.certificate().flatMap(renewed -> early.objectionTo(renewed, label))
                : Optional.empty();
        return complete(
                tooEarly.<Admission>map(Admission.Refused::new).orElse(admission),
                Order.of(device, label, csr, Purpose.REENROL, request));
    }

    private EnrollmentOutcome complete(Admission admission, Order order) {
        return switch (admission) {
            case Admission.Admitted(var admitted) -> decide(admitted, order);
            case Admission.Refused(var refusal) -> {
                if (refusal instanceof Refusal.CertificateSuperseded superseded) {
                    clones.ring(superseded, order.holder(), order.cause());
                }
                yield new EnrollmentOutcome.Refused(refusal);
            }
        };
    }

    private EnrollmentOutcome decide(AdmittedRequest admitted, Order order) {
        return switch (attestation.of(admitted, order.label(), order.csr(), order.cause())) {
            case Evidence.Finding.Unfit(var refusal) -> new EnrollmentOutcome.Refused(refusal);
            case Evidence.Finding.None() -> decide(admitted, Optional.empty(), order);
            case Evidence.Finding.Found(var evidence) -> decide(admitted, Optional.of(evidence), order);
        };
    }

    private EnrollmentOutcome decide(AdmittedRequest admitted, Optional<Evidence> evidence, Order order) {
        Decision.By by = order.label().terms().decision().on(order.purpose());
        return by == Decision.By.RULES
                ? outcome(issuer.issue(admitted, order.cause()))
                : decide(admitted, evidence, by, order);
    }

    /** What was granted before is not decided again. */
    private EnrollmentOutcome decide(
            AdmittedRequest admitted, Optional<Evidence> evidence, Decision.By by, Order order) {
        Issuer.Earlier earlier = issuer.earlier(admitted);
        return earlier.answer()
                .map(Enrollment::outcome)
                .orElseGet(() -> decided(
                        new Wish(admitted, earlier.round(), order.purpose(), order.csr(), evidence, order.from()), by));
    }

    private EnrollmentOutcome decided(Wish wish, Decision.By by) {
        return switch (decisions.on(wish, by)) {
            case Verdict.Granted granted -> issue(wish, granted);
            case Verdict.Waits(var id, var retryAfter) -> new EnrollmentOutcome.Waiting(id, retryAfter);
            case Verdict.Refused(var refusal) -> new EnrollmentOutcome.Refused(refusal);
        };
    }

    private EnrollmentOutcome issue(Wish wish, Verdict.Granted granted) {
        Issuance issuance = issuer.issue(wish.admitted(), granted.why(), wish.cause());
        if (issuance instanceof Issuance.Issued(IssuedCertificate issued)) {
            granted.approval().ifPresent(approval -> decisions.granted(approval, issued.serial(), wish));
        }
        return outcome(issuance);
    }

    private static EnrollmentOutcome outcome(Issuance issuance) {
        return switch (issuance) {
            case Issuance.Issued(var certificate) -> new EnrollmentOutcome.Issued(certificate);
            case Issuance.Refused(var refusal) -> new EnrollmentOutcome.Refused(refusal);
        };
    }
}
