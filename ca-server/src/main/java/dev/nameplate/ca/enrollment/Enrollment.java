package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device and its CSR become a certificate on record, or a refusal. */
public final class Enrollment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrollment.class);

    private final CsrPolicy policy;
    private final Issuer issuer;

    public Enrollment(CsrPolicy policy, Issuer issuer) {
        this.policy = policy;
        this.issuer = issuer;
    }

    /** RFC 7030, 4.2.1. */
    public EnrollmentOutcome enroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request) {
        return complete(policy.admit(device, label, csr), device, request);
    }

    /** RFC 7030, 4.2.2: renews the certificate of the TLS session, and no other. */
    public EnrollmentOutcome reenroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request) {
        return complete(policy.admitRenewal(device, label, csr), device, request);
    }

    private EnrollmentOutcome complete(Admission admission, AuthenticatedDevice device, RequestId request) {
        Holder holder = Holder.of(device.device().id());
        return switch (admission) {
            case Admission.Admitted(var admitted) ->
                outcome(issuer.issue(admitted, Cause.of(Actor.of(holder), request)));
            case Admission.Refused(var refusal) -> {
                alarm(refusal, holder, request);
                yield new EnrollmentOutcome.Refused(refusal);
            }
        };
    }

    private static EnrollmentOutcome outcome(Issuance issuance) {
        return switch (issuance) {
            case Issuance.Issued(var certificate) -> new EnrollmentOutcome.Issued(certificate);
            case Issuance.Refused(var refusal) -> new EnrollmentOutcome.Refused(refusal);
        };
    }

    private static void alarm(Refusal refusal, Holder holder, RequestId request) {
        if (refusal instanceof Refusal.CertificateSuperseded(var serial, var successor)) {
            LOG.warn(
                    "clone alarm: {} enrols with certificate {} after its successor {} was used; its key may exist twice"
                            + " (request {})",
                    holder,
                    serial,
                    successor,
                    request);
        }
    }
}
