package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.rotation.Horizons;
import java.util.List;
import java.util.Optional;

/** Horizons: list. */
final class HorizonOperations {
    private final Horizons horizons;

    HorizonOperations(Horizons horizons) {
        this.horizons = horizons;
    }

    List<Operation> all() {
        return List.of(Operation.get("issuers", "/api/v1/horizons")
                .called("listHorizons", "Lists when the chains of the certificates stop working, the nearest first.")
                .adminAnd(Role.OPERATOR, Role.AUDITOR)
                .answers(Reply.json("Horizons.", Page.class, HorizonView.class), this::list));
    }

    private Result list(Call call) {
        List<HorizonView> all = horizons.all().stream().map(HorizonView::of).toList();
        return new Result.Done(new Page<>(all, Optional.empty()));
    }
}
