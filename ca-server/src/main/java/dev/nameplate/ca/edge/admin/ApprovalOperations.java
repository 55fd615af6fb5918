package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.Plans;
import java.util.List;
import java.util.Optional;

/** What waits for a second operator: list, approve, reject. */
final class ApprovalOperations {
    private static final String GROUP = "approvals";
    private static final String PATH = "/api/v1/approvals";
    private static final Parameter ID = Parameter.path("id", PlanId.class, "what waits, as a plan's id");
    private static final int MOST_SHOWN = 100;

    private final Plans plans;

    ApprovalOperations(Plans plans) {
        this.plans = plans;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(GROUP, PATH)
                        .called("listApprovals", "Lists what waits for a second operator, the oldest first.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("What waits.", Page.class, PlanView.class), this::list),
                Operation.post(GROUP, PATH + "/{id}/approval")
                        .called("approve", "The second operator's yes; whoever applied it cannot give it.")
                        .with(ID)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The plan.", PlanView.class), this::approve),
                Operation.post(GROUP, PATH + "/{id}/rejection")
                        .called("reject", "A no, which ends it.")
                        .with(ID)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The plan.", PlanView.class), this::reject));
    }

    private Result list(Call call) {
        List<PlanView> waiting =
                plans.awaiting(MOST_SHOWN).stream().map(PlanView::of).toList();
        return new Result.Done(new Page<>(waiting, Optional.empty()));
    }

    private Result approve(Call call) {
        return PlanOperations.result(plans.approve(call.path("id", PlanId.class), call.cause()));
    }

    private Result reject(Call call) {
        return PlanOperations.result(plans.reject(call.path("id", PlanId.class), call.cause()));
    }
}
