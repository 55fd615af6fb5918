package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish to let somebody in at the operator door. */
public sealed interface OperatorAdmission {
    record Admitted(Operator operator, IssuedCertificate certificate) implements OperatorAdmission {}

    record Refused(Refusal refusal) implements OperatorAdmission {}
}
