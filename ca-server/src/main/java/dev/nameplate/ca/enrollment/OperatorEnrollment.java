package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

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

    /** What stands against it now. Changes nothing. */
    public Optional<Refusal> objectionTo(Wish wish) {
        return switch (admission(wish)) {
            case Admission.Admitted(var _) -> Optional.empty();
            case Admission.Refused(var refusal) -> Optional.of(refusal);
        };
    }

    public Issuance enroll(Wish wish, Cause cause) {
        return switch (admission(wish)) {
            case Admission.Admitted(var admitted) -> issuer.issue(admitted, cause);
            case Admission.Refused(var refusal) -> new Issuance.Refused(refusal);
        };
    }

    private Admission admission(Wish wish) {
        return policy.admitOperator(wish.name(), wish.administrator(), wish.profile(), wish.csr());
    }
}
