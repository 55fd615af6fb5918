package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.enrollment.NewOperators;
import dev.nameplate.ca.enrollment.OperatorAdmission;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.OperatorChange;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.OperatorName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operators: add, list, certify again, remove. */
final class OperatorOperations {
    private static final String GROUP = "operators";
    private static final Parameter NAME = Parameter.path("name", OperatorName.class, "the operator");

    private final Operators operators;
    private final NewOperators newOperators;
    private final IssuerRegistry issuers;

    OperatorOperations(Operators operators, NewOperators newOperators, IssuerRegistry issuers) {
        this.operators = operators;
        this.newOperators = newOperators;
        this.issuers = issuers;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(GROUP, "/api/v1/operators")
                        .called("listOperators", "Lists operators, removed ones too.")
                        .adminAnd(Role.AUDITOR)
                        .answers(Reply.json("Operators.", Page.class, OperatorView.class), this::list),
                Operation.post(GROUP, "/api/v1/operators")
                        .called("addOperator", "Adds an operator and issues a certificate for the key of the CSR.")
                        .taking(NewOperator.class)
                        .refusing(409)
                        .adminAnd()
                        .answers(Reply.created("The operator and its certificate.", AddedOperator.class), this::add),
                Operation.post(GROUP, "/api/v1/operators/{name}/certificates")
                        .called("certifyOperator", "Issues another certificate to an operator, as before one expires.")
                        .with(NAME)
                        .taking(NewOperatorCertificate.class)
                        .refusing(404, 409)
                        .adminAnd()
                        .answers(
                                Reply.created("The operator and its certificate.", AddedOperator.class), this::certify),
                Operation.post("own", "/api/v1/own/certificates")
                        .called("renewOperator", "Issues another certificate to whoever calls, before its own expires.")
                        .taking(NewOperatorCertificate.class)
                        .refusing(409)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR, Role.STATION)
                        .answers(Reply.created("The operator and its certificate.", AddedOperator.class), this::renew),
                Operation.delete(GROUP, "/api/v1/operators/{name}")
                        .called("removeOperator", "Removes an operator. Its certificates open nothing any more.")
                        .with(NAME)
                        .refusing(404, 409)
                        .adminAnd()
                        .answers(Reply.nothing("Removed."), this::remove));
    }

    private Result list(Call call) {
        List<OperatorView> all = operators.list().stream().map(OperatorView::of).toList();
        return new Result.Done(new Page<>(all, Optional.empty()));
    }

    private Result add(Call call) {
        NewOperator body = call.body(NewOperator.class);
        var wish = new NewOperators.Wish(body.name(), call.caller(), CsrText.parse("csr", body.csr()));
        return result(newOperators.add(wish, Set.copyOf(body.roles()), call.cause()));
    }

    private Result certify(Call call) {
        Csr csr = CsrText.parse("csr", call.body(NewOperatorCertificate.class).csr());
        var wish = new NewOperators.Wish(call.path("name", OperatorName.class), call.caller(), csr);
        return result(newOperators.certify(wish, call.cause()));
    }

    private Result renew(Call call) {
        Csr csr = CsrText.parse("csr", call.body(NewOperatorCertificate.class).csr());
        return result(newOperators.certify(new NewOperators.Wish(call.caller(), call.caller(), csr), call.cause()));
    }

    private Result result(OperatorAdmission admission) {
        return switch (admission) {
            case OperatorAdmission.Admitted(var operator, var issued) -> new Result.Done(added(operator, issued));
            case OperatorAdmission.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private Result remove(Call call) {
        return switch (operators.remove(call.path("name", OperatorName.class), call.cause())) {
            case OperatorChange.Done(var _) -> Result.NOTHING;
            case OperatorChange.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private AddedOperator added(Operator operator, IssuedCertificate issued) {
        List<CertificateDer> chain = issuers.list().stream()
                .filter(issuer -> issuer.generation().equals(issued.issuer()))
                .findFirst()
                .map(issuer -> issuer.chain())
                .orElse(List.of());
        return new AddedOperator(
                OperatorView.of(operator),
                issued.serial(),
                PemText.of(List.of(issued.certificate())),
                PemText.of(chain));
    }
}
