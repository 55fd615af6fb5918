package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything there is to know of one endpoint, in the one place where it stands.
 *
 * @param id stable, unique, made of letters
 * @param body the type of the JSON body it takes, if it takes one
 */
record Operation(
        Route route,
        String id,
        String summary,
        Access access,
        List<Parameter> parameters,
        Optional<Class<?>> body,
        Outcome outcome,
        Endpoint endpoint) {

    /**
     * @param path as both Javalin and OpenAPI write it, as in {@code /api/v1/devices/{id}}
     * @param group what it is listed under
     */
    record Route(Verb verb, String path, String group) {}

    /** The verbs used. */
    enum Verb {
        GET,
        POST,
        DELETE
    }

    /**
     * @param otherwise another answer that is no problem, such as what is not ready
     * @param refusals the HTTP states by which it may refuse, besides those any operation may answer
     */
    record Outcome(Reply reply, Optional<Reply> otherwise, Set<Integer> refusals) {
        Outcome {
            refusals = Set.copyOf(refusals);
        }
    }

    Operation {
        parameters = List.copyOf(parameters);
    }

    /** Begins the declaration of one. */
    static Draft get(String group, String path) {
        return new Draft(new Route(Verb.GET, path, group));
    }

    static Draft post(String group, String path) {
        return new Draft(new Route(Verb.POST, path, group));
    }

    static Draft delete(String group, String path) {
        return new Draft(new Route(Verb.DELETE, path, group));
    }

    Reply reply() {
        return outcome.reply();
    }

    /** Nobody's, if anybody may call it. */
    Set<Role> roles() {
        return switch (access) {
            case Access.Anybody() -> Set.of();
            case Access.Roles(var roles) -> new TreeSet<>(roles);
        };
    }

    /** Every HTTP state by which it may refuse, in order. */
    Set<Integer> refusals() {
        Set<Integer> states = new TreeSet<>(outcome.refusals());
        states.add(500);
        if (access instanceof Access.Roles) {
            states.addAll(Set.of(400, 401, 403, 503));
        }
        if (body.isPresent()) {
            states.addAll(Set.of(413, 415));
        }
        return states;
    }
}
