package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.approval.Decisions;
import dev.nameplate.ca.approval.Verdict;
import dev.nameplate.ca.approval.Wish;
import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.AuthenticatedDevice;
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

/** A device and its CSR become a certificate on record, a request that waits for somebody's word, or a refusal. */
public final class Enrollment {
    private final CsrPolicy policy;
    private final Issuer issuer;
    private final Decisions decisions;
    private final CloneAlarm clones;

    public Enrollment(CsrPolicy policy, Issuer issuer, Decisions decisions, CloneAlarm clones) {
        this.policy = policy;
        this.issuer = issuer;
        this.decisions = decisions;
        this.clones = clones;
    }

    /** One request under way. */
    private record Order(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, Purpose purpose, Wish.From from) {
        static Order of(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, Purpose purpose, RequestId request) {
            Actor speaker = Actor.of(Holder.of(device.device().id()));
            return new Order(device, label, csr, purpose, new Wish.From(request, device.source(), speaker));
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
        return complete(policy.admit(device, label, csr), Order.of(device, label, csr, Purpose.ENROL, request));
    }

    /** RFC 7030, 4.2.2: renews the certificate of the TLS session, and no other. */
    public EnrollmentOutcome reenroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request) {
        return complete(
                policy.admitRenewal(device, label, csr), Order.of(device, label, csr, Purpose.REENROL, request));
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
        Decision.By by = order.label().terms().decision().on(order.purpose());
        return by == Decision.By.RULES ? outcome(issuer.issue(admitted, order.cause())) : decide(admitted, by, order);
    }

    /** What was granted before is not decided again. */
    private EnrollmentOutcome decide(AdmittedRequest admitted, Decision.By by, Order order) {
        Issuer.Earlier earlier = issuer.earlier(admitted);
        return earlier.answer()
                .map(Enrollment::outcome)
                .orElseGet(() ->
                        decided(new Wish(admitted, earlier.round(), order.purpose(), order.csr(), order.from()), by));
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
