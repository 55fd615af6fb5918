package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.OperatorName;

/** Issues certificates to operators and stations, under the profile that their roles ask for. */
@FunctionalInterface
public interface OperatorCertificates {
    /** @param administrator on whose word */
    EnrollmentOutcome issue(Operator operator, OperatorName administrator, Csr csr, Cause cause);
}
