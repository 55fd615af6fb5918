package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.approval.ApprovalOutcome;
import dev.nameplate.ca.approval.Approvals;
import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.PlanOutcome;
import dev.nameplate.ca.revocation.bulk.Plans;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What waits for an operator's word, bulk revocations and devices' requests alike: list, show, approve, reject. */
final class ApprovalOperations {
    private static final String GROUP = "approvals";
    private static final String PATH = "/api/v1/approvals";
    private static final Parameter ID = Parameter.path("id", ApprovalId.class, "what waits");
    private static final Parameter REASON = Parameter.query(
            "reason", Remark.class, "why; of a device's request alone. The device is told why it was rejected");
    private static final int MOST_SHOWN = 100;

    private final Plans plans;
    private final Approvals requests;

    ApprovalOperations(Plans plans, Approvals requests) {
        this.plans = plans;
        this.requests = requests;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(GROUP, PATH)
                        .called("listApprovals", "Lists what waits for an operator's word, the oldest first.")
                        .with(Parameter.query("kind", ApprovalView.Kind.class, "only these"))
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("What waits.", Page.class, ApprovalView.class), this::list),
                Operation.get(GROUP, PATH + "/{id}")
                        .called("showApproval", "Shows what waits, or what became of it.")
                        .with(ID)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("What waits.", ApprovalView.class), this::show),
                Operation.post(GROUP, PATH + "/{id}/approval")
                        .called(
                                "approve",
                                "A yes. Of a bulk revocation it is the second operator's, and whoever applied it cannot"
                                        + " give it; a device gets its certificate when it asks again.")
                        .with(ID)
                        .with(REASON)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("What waited.", ApprovalView.class), this::approve),
                Operation.post(GROUP, PATH + "/{id}/rejection")
                        .called("reject", "A no, which ends it.")
                        .with(ID)
                        .with(REASON)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("What waited.", ApprovalView.class), this::reject));
    }

    private Result list(Call call) {
        Optional<ApprovalView.Kind> kind = call.query("kind", ApprovalView.Kind.class);
        Stream<ApprovalView> waiting = Stream.concat(
                plans.awaiting(MOST_SHOWN).stream().map(ApprovalView::of),
                requests.waiting(MOST_SHOWN).stream().map(ApprovalView::of));
        List<ApprovalView> shown = waiting.filter(
                        view -> kind.map(only -> only == view.kind()).orElse(true))
                .sorted(Comparator.comparing(ApprovalView::since))
                .toList();
        return new Result.Done(new Page<>(shown, Optional.empty()));
    }

    private Result show(Call call) {
        ApprovalId id = call.path("id", ApprovalId.class);
        return plans.find(plan(id))
                .map(ApprovalView::of)
                .or(() -> requests.find(request(id)).map(ApprovalView::of))
                .<Result>map(Result.Done::new)
                .orElseGet(() -> new Result.Refused(new Refusal.NotFound(id + " that waits for approval")));
    }

    private Result approve(Call call) {
        ApprovalId id = call.path("id", ApprovalId.class);
        return isPlan(id)
                ? result(plans.approve(plan(id), call.cause()))
                : result(requests.approve(request(id), reason(call), call.cause()));
    }

    private Result reject(Call call) {
        ApprovalId id = call.path("id", ApprovalId.class);
        return isPlan(id)
                ? result(plans.reject(plan(id), call.cause()))
                : result(requests.reject(request(id), reason(call), call.cause()));
    }

    private boolean isPlan(ApprovalId id) {
        return plans.find(plan(id)).isPresent();
    }

    private static Optional<String> reason(Call call) {
        return call.query("reason", Remark.class).map(Remark::value);
    }

    private static PlanId plan(ApprovalId id) {
        return new PlanId(id.value());
    }

    private static PendingId request(ApprovalId id) {
        return new PendingId(id.value());
    }

    private static Result result(PlanOutcome outcome) {
        return switch (outcome) {
            case PlanOutcome.Done(var plan) -> new Result.Done(ApprovalView.of(plan));
            case PlanOutcome.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private static Result result(ApprovalOutcome outcome) {
        return switch (outcome) {
            case ApprovalOutcome.Decided(var request) -> new Result.Done(ApprovalView.of(request));
            case ApprovalOutcome.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }
}
