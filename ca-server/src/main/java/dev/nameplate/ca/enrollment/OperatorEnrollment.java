package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.policy.CsrPolicy;

/** Certificates for people and stations at the operator door. */
public final class OperatorEnrollment {
    private final CsrPolicy policy;
    private final Issuer issuer;

    public OperatorEnrollment(CsrPolicy policy, Issuer issuer) {
        this.policy = policy;
        this.issuer = issuer;
    }

    /**
     * What an administrator wants.
     *
     * @param name whose certificate it will be
     * @param administrator on whose word
     */
    public record Wish(OperatorName name, OperatorName administrator, ProfileName profile, Csr csr) {}

    public EnrollmentOutcome enroll(Wish wish, Cause cause) {
        Admission admission = policy.admitOperator(wish.name(), wish.administrator(), wish.profile(), wish.csr());
        return switch (admission) {
            case Admission.Admitted(var admitted) -> outcome(issuer.issue(admitted, cause));
            case Admission.Refused(var refusal) -> new EnrollmentOutcome.Refused(refusal);
        };
    }

    private static EnrollmentOutcome outcome(Issuance issuance) {
        return switch (issuance) {
            case Issuance.Issued(var certificate) -> new EnrollmentOutcome.Issued(certificate);
            case Issuance.Refused(var refusal) -> new EnrollmentOutcome.Refused(refusal);
        };
    }
}
