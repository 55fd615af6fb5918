package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.renewal.PullId;
import dev.nameplate.ca.renewal.PullOutcome;
import dev.nameplate.ca.renewal.Pulls;
import java.util.List;
import java.util.Optional;

/** Renewals pulled forward: pull, list, show, cancel. */
final class PullOperations {
    private static final String GROUP = "renewal";
    private static final String PATH = "/api/v1/renewal-pulls";
    private static final Parameter ID = Parameter.path("id", PullId.class, "the pull");
    private static final int MOST_SHOWN = 100;

    private final Pulls pulls;

    PullOperations(Pulls pulls) {
        this.pulls = pulls;
    }

    List<Operation> all() {
        return List.of(
                Operation.post(GROUP, PATH)
                        .called(
                                "pullRenewals",
                                "Has devices renew early those certificates that were issued before now.")
                        .taking(NewPull.class)
                        .refusing(409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.created("The pull.", PullView.class), this::pull),
                Operation.get(GROUP, PATH)
                        .called("listPulls", "Lists pulls, the newest first, at most 100.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Pulls.", Page.class, PullView.class), this::list),
                Operation.get(GROUP, PATH + "/{id}")
                        .called("showPull", "Shows a pull.")
                        .with(ID)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("The pull.", PullView.class), this::show),
                Operation.delete(GROUP, PATH + "/{id}")
                        .called("cancelPull", "Cancels a pull: devices go by their own time again.")
                        .with(ID)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The pull.", PullView.class), this::cancel));
    }

    private Result pull(Call call) {
        NewPull wish = call.body(NewPull.class);
        return result(pulls.pull(wish.selection().toSelector(), wish.window(), wish.why(), call.cause()));
    }

    private Result list(Call call) {
        return new Result.Done(
                new Page<>(pulls.newest(MOST_SHOWN).stream().map(PullView::of).toList(), Optional.empty()));
    }

    private Result show(Call call) {
        PullId id = call.path("id", PullId.class);
        return pulls.find(id)
                .<Result>map(pull -> new Result.Done(PullView.of(pull)))
                .orElseGet(() -> new Result.Refused(new Refusal.NotFound("pull " + id)));
    }

    private Result cancel(Call call) {
        return result(pulls.cancel(call.path("id", PullId.class), call.cause()));
    }

    private static Result result(PullOutcome outcome) {
        return switch (outcome) {
            case PullOutcome.Done(var pull) -> new Result.Done(PullView.of(pull));
            case PullOutcome.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }
}
