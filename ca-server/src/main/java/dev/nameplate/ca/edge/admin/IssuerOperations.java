package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.operator.Role;
import java.util.List;
import java.util.Optional;

/** Issuers: list. */
final class IssuerOperations {
    private final IssuerRegistry issuers;

    IssuerOperations(IssuerRegistry issuers) {
        this.issuers = issuers;
    }

    List<Operation> all() {
        return List.of(Operation.get("issuers", "/api/v1/issuers")
                .called("listIssuers", "Lists every generation of every issuer, with its chain.")
                .adminAnd(Role.OPERATOR, Role.AUDITOR)
                .answers(Reply.json("Issuers.", Page.class, IssuerView.class), this::list));
    }

    private Result list(Call call) {
        List<IssuerView> all = issuers.list().stream().map(IssuerView::of).toList();
        return new Result.Done(new Page<>(all, Optional.empty()));
    }
}
