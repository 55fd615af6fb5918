package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.crl.CrlOutcome;
import dev.nameplate.ca.crl.CrlPublisher;
import dev.nameplate.ca.crl.CrlState;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** CRLs: list, show, publish. */
final class CrlOperations {
    private static final String GROUP = "crls";
    private static final Parameter ISSUER = Parameter.path("issuer", IssuerName.class, "the issuer's name");
    private static final Parameter NAME = Parameter.path("crl", CrlName.class, "which of its CRLs");

    /** Shorter than clients wait for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CrlPublisher publisher;

    CrlOperations(CrlPublisher publisher) {
        this.publisher = publisher;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(GROUP, "/api/v1/crls")
                        .called("listCrls", "Lists the newest CRL of every issuer and shard.")
                        .with(Parameter.query("issuer", IssuerName.class, "only this issuer's"))
                        .paged(CrlScope.class)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("CRLs.", Page.class, CrlView.class), this::list),
                Operation.get(GROUP, "/api/v1/crls/{issuer}/{crl}")
                        .called("showCrl", "Shows the newest CRL of an issuer or a shard.")
                        .with(ISSUER)
                        .with(NAME)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("The CRL.", CrlView.class), this::show),
                Operation.post(GROUP, "/api/v1/crls/{issuer}/{crl}/publication")
                        .called("publishCrl", "Publishes a CRL now, although nothing may have changed.")
                        .with(ISSUER)
                        .with(NAME)
                        .refusing(404)
                        .otherwise(Reply.unavailable(
                                "It was not published yet; trouble says why, and it is tried on.", CrlView.class))
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("It is published.", CrlView.class), this::publish));
    }

    private Result list(Call call) {
        Optional<IssuerName> issuer = call.query("issuer", IssuerName.class);
        Optional<CrlScope> after = call.query("after", CrlScope.class);
        PageLimit limit = call.limit();
        List<CrlState> found = publisher.states().stream()
                .filter(state ->
                        issuer.map(state.scope().issuer().issuer()::equals).orElse(true))
                .filter(state ->
                        after.map(last -> state.scope().compareTo(last) > 0).orElse(true))
                .limit(limit.value() + 1L)
                .toList();
        return new Result.Done(Page.of(found, limit, CrlState::scope, CrlView::of));
    }

    private Result show(Call call) {
        return withOne(call, state -> new Result.Done(CrlView.of(state)));
    }

    private Result publish(Call call) {
        return withOne(call, state -> {
            CompletableFuture<CrlOutcome> outcome = publisher
                    .publish(state.scope())
                    .copy()
                    .completeOnTimeout(
                            new CrlOutcome.Failed(state.scope(), "not yet"),
                            PATIENCE.toMillis(),
                            TimeUnit.MILLISECONDS);
            return switch (outcome.join()) {
                case CrlOutcome.Published(var crl, var _) ->
                    new Result.Done(
                            CrlView.of(new CrlState(state.scope(), Optional.of(crl), state.due(), Optional.empty())));
                case CrlOutcome.Overtaken(var _) -> show(call);
                case CrlOutcome.Failed(var _, var reason) ->
                    new Result.Otherwise(
                            CrlView.of(new CrlState(state.scope(), state.newest(), state.due(), Optional.of(reason))));
            };
        });
    }

    private Result withOne(Call call, Function<CrlState, Result> then) {
        CrlScope scope = call.path("crl", CrlName.class).of(call.path("issuer", IssuerName.class));
        return publisher.states().stream()
                .filter(state -> state.scope().equals(scope))
                .findFirst()
                .map(then)
                .orElseGet(() -> new Result.Refused(new Refusal.NotFound("CRL " + scope)));
    }
}
