package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.PlanOutcome;
import dev.nameplate.ca.revocation.bulk.Plans;
import dev.nameplate.ca.revocation.bulk.Treatment;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Bulk revocation: plan, list what is meant, complete, show, apply, stop. */
final class PlanOperations {
    private static final String GROUP = "bulk revocation";
    private static final String PATH = "/api/v1/revocation-plans";
    private static final Parameter ID = Parameter.path("id", PlanId.class, "the plan");
    private static final int MOST_SHOWN = 100;
    private static final int SAMPLE = 5;

    private final Plans plans;

    PlanOperations(Plans plans) {
        this.plans = plans;
    }

    List<Operation> all() {
        return List.of(
                Operation.post(GROUP, PATH)
                        .called("draftPlan", "Begins a plan. It changes no certificate.")
                        .taking(NewPlan.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.created("The draft.", PlanView.class), this::draft),
                of("devices", "listPlanDevices", "Names devices of a draft; may be called many times.")
                        .taking(ListedDevices.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The draft.", PlanView.class), this::listDevices),
                of("serials", "listPlanSerials", "Names certificates of a draft; may be called many times.")
                        .taking(ListedSerials.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The draft.", PlanView.class), this::listSerials),
                of("completion", "completePlan", "Has the server find out what a draft hits, which may take a while.")
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The plan.", PlanView.class), call -> with(call, plans::complete)),
                Operation.get(GROUP, PATH)
                        .called("listPlans", "Lists plans, the newest first, at most 100.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Plans.", Page.class, PlanView.class), this::list),
                Operation.get(GROUP, PATH + "/{id}")
                        .called("showPlan", "Shows a plan and how far it is.")
                        .with(ID)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("The plan.", PlanView.class), this::show),
                Operation.get(GROUP, PATH + "/{id}/file")
                        .called("showPlanFile", "The plan with every certificate in it, bound to its content.")
                        .with(ID)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.text("One JSON object per line.", "application/x-ndjson"), this::file),
                of("application", "applyPlan", "Carries out a plan, or goes on with it, if the world is as it was.")
                        .taking(PlanSeal.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The plan.", PlanView.class), this::apply),
                of("stop", "stopPlan", "Stops a plan after the piece that is being carried out.")
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The plan.", PlanView.class), call -> with(call, plans::stop)));
    }

    private static Draft of(String what, String id, String summary) {
        return Operation.post(GROUP, PATH + "/{id}/" + what)
                .called(id, summary)
                .with(ID)
                .refusing(404, 409);
    }

    private Result draft(Call call) {
        NewPlan wish = call.body(NewPlan.class);
        var treatment = plans.treatment(
                wish.treatment().orElse(Treatment.Kind.HOLD),
                wish.reason().orElse(RevocationReason.UNSPECIFIED),
                wish.finalAt());
        return result(plans.draft(wish.selection().toSelection(), treatment, call.cause()));
    }

    private Result listDevices(Call call) {
        var listed = call.body(ListedDevices.class).items();
        return result(plans.list(call.path("id", PlanId.class), listed, List.of()));
    }

    private Result listSerials(Call call) {
        var listed = call.body(ListedSerials.class).items();
        return result(plans.list(call.path("id", PlanId.class), List.of(), listed));
    }

    private Result list(Call call) {
        return new Result.Done(
                new Page<>(plans.newest(MOST_SHOWN).stream().map(PlanView::of).toList(), Optional.empty()));
    }

    private Result show(Call call) {
        PlanId id = call.path("id", PlanId.class);
        return plans.find(id)
                .<Result>map(plan -> new Result.Done(PlanView.of(plan, plans.sample(id, SAMPLE))))
                .orElseGet(() -> unknown(id));
    }

    private Result file(Call call) {
        PlanId id = call.path("id", PlanId.class);
        Optional<Plan> plan = plans.find(id);
        if (plan.isEmpty()) {
            return unknown(id);
        }
        return plan.get()
                .found()
                .<Result>map(found -> new Result.Written(out -> plans.write(plan.get(), found, out)))
                .orElseGet(() -> new Result.Refused(
                        new Refusal.NotPossibleNow("plan " + id, "it is not known yet what it hits")));
    }

    private Result apply(Call call) {
        PlanSeal seal = call.body(PlanSeal.class);
        return result(
                plans.apply(call.path("id", PlanId.class), new Plans.Seal(seal.ca(), seal.digest()), call.cause()));
    }

    private static Result with(Call call, BiFunction<PlanId, Cause, PlanOutcome> wish) {
        return result(wish.apply(call.path("id", PlanId.class), call.cause()));
    }

    private static Result unknown(PlanId id) {
        return new Result.Refused(new Refusal.NotFound("plan " + id));
    }

    static Result result(PlanOutcome outcome) {
        return switch (outcome) {
            case PlanOutcome.Done(var plan) -> new Result.Done(PlanView.of(plan));
            case PlanOutcome.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }
}
