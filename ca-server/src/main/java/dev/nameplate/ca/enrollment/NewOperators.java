package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.OperatorChange;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;
import java.util.Set;

/** Lets people in at the operator door: a name, its roles, and a certificate. */
public final class NewOperators {
    private static final ProfileName OPERATOR = new ProfileName("operator");

    private final Operators operators;
    private final OperatorEnrollment enrollment;

    public NewOperators(Operators operators, OperatorEnrollment enrollment) {
        this.operators = operators;
        this.enrollment = enrollment;
    }

    /**
     * Whom an administrator wants to let in.
     *
     * @param administrator on whose word
     */
    public record Wish(OperatorName name, OperatorName administrator, Csr csr) {}

    /**
     * Adds somebody new. What can be refused is refused before the name is taken, since a name is never free again; should the
     * certificate fail after that, {@link #certify} makes up for it.
     */
    public OperatorAdmission add(Wish wish, Set<Role> roles, Cause cause) {
        OperatorEnrollment.Wish certificate = certificate(wish);
        Optional<Refusal> objection = roles.contains(Role.STATION)
                ? Optional.of(new Refusal.FieldWrong(
                        "roles", "a station is added by `station add`, and gets its certificate over EST"))
                : enrollment.objectionTo(certificate);
        if (objection.isPresent()) {
            return new OperatorAdmission.Refused(objection.get());
        }
        return switch (operators.add(wish.name(), roles, cause)) {
            case OperatorChange.Done(var operator) -> enroll(operator, certificate, cause);
            case OperatorChange.Refused(var refusal) -> new OperatorAdmission.Refused(refusal);
        };
    }

    /** Another certificate for somebody who is in already, as before one expires. */
    public OperatorAdmission certify(Wish wish, Cause cause) {
        return operators.list().stream()
                .filter(operator -> operator.active() && operator.name().equals(wish.name()))
                .filter(operator -> !operator.roles().contains(Role.STATION))
                .findFirst()
                .map(operator -> enroll(operator, certificate(wish), cause))
                .orElseGet(() -> new OperatorAdmission.Refused(new Refusal.NotFound("operator " + wish.name())));
    }

    private OperatorAdmission enroll(Operator operator, OperatorEnrollment.Wish wish, Cause cause) {
        return switch (enrollment.enroll(wish, cause)) {
            case Issuance.Issued(var issued) -> new OperatorAdmission.Admitted(operator, issued);
            case Issuance.Refused(var refusal) -> new OperatorAdmission.Refused(refusal);
        };
    }

    private static OperatorEnrollment.Wish certificate(Wish wish) {
        return new OperatorEnrollment.Wish(wish.name(), wish.administrator(), OPERATOR, wish.csr());
    }
}
