package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An operation while it is being declared. There is none without a word on who may call it. */
final class Draft {
    private final Operation.Route route;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<Integer> refusals = new TreeSet<>();
    private String id = "";
    private String summary = "";
    private Optional<Class<?>> body = Optional.empty();
    private Optional<Reply> otherwise = Optional.empty();

    Draft(Operation.Route route) {
        this.route = route;
    }

    Draft called(String operationId, String what) {
        id = operationId;
        summary = what;
        return this;
    }

    Draft with(Parameter parameter) {
        parameters.add(parameter);
        return this;
    }

    /** Adds {@code after} and {@code limit}. */
    Draft paged(Class<?> after) {
        return with(Parameter.query(
                        "after", after, "only what comes after this one, as `next` of the page before says"))
                .with(Parameter.query("limit", PageLimit.class, "how many at most"));
    }

    Draft taking(Class<?> type) {
        body = Optional.of(type);
        return this;
    }

    /** The states by which it may refuse, besides those any operation may answer. */
    Draft refusing(Integer... states) {
        refusals.addAll(Set.of(states));
        return this;
    }

    Draft otherwise(Reply reply) {
        otherwise = Optional.of(reply);
        return this;
    }

    Ready anybody() {
        return new Ready(new Access.Anybody());
    }

    /** An admin may do everything; so these are who else may. */
    Ready adminAnd(Role... others) {
        Set<Role> roles = new TreeSet<>(Set.of(others));
        roles.add(Role.ADMIN);
        return new Ready(new Access.Roles(roles));
    }

    /** Lacks only what it answers. */
    final class Ready {
        private final Access access;

        private Ready(Access access) {
            this.access = access;
        }

        Operation answers(Reply reply, Endpoint endpoint) {
            return new Operation(
                    route,
                    id,
                    summary,
                    access,
                    parameters,
                    body,
                    new Operation.Outcome(reply, otherwise, refusals),
                    endpoint);
        }
    }
}
