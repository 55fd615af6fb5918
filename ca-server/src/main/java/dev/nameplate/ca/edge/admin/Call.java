package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.edge.http.RequestIds;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Text;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One request to an operation, read as the operation declares it. */
final class Call {
    static final int MAX_BODY_BYTES = 256 * 1024;

    private final Context ctx;
    private final Operation operation;
    private final ApiJson json;
    private final Optional<Operator> caller;

    Call(Context ctx, Operation operation, ApiJson json, Optional<Operator> caller) {
        this.ctx = ctx;
        this.operation = operation;
        this.json = json;
        this.caller = caller;
        refuseUndeclared(ctx.queryParamMap());
    }

    <T> T path(String name, Class<T> type) {
        return parse(name, type, ctx.pathParam(name));
    }

    <T> Optional<T> query(String name, Class<T> type) {
        List<String> given = ctx.queryParams(name);
        if (given.size() > 1) {
            throw MalformedCallException.field(name, name + " is given " + given.size() + " times");
        }
        return given.stream().findFirst().map(text -> parse(name, type, text));
    }

    PageLimit limit() {
        return query("limit", PageLimit.class).orElse(PageLimit.USUAL);
    }

    /** @throws MalformedCallException if it is too large, not JSON, or not such an object */
    <T> T body(Class<T> type) {
        String contentType = Optional.ofNullable(ctx.contentType()).orElse("");
        if (!contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(Reply.JSON)) {
            throw MalformedCallException.notJson();
        }
        return json.read(octets(), type);
    }

    /** Who called, and in which request: for the audit event. */
    Cause cause() {
        return Cause.of(Actor.of(Holder.of(caller())), RequestIds.of(ctx));
    }

    /** @throws IllegalStateException if the operation takes anybody */
    OperatorName caller() {
        return operator().name();
    }

    /** @throws IllegalStateException if the operation takes anybody */
    Operator operator() {
        return caller.orElseThrow(
                () -> new IllegalStateException(operation.id() + " knows no caller: it takes anybody"));
    }

    private byte[] octets() {
        try (InputStream in = ctx.bodyInputStream()) {
            byte[] octets = in.readNBytes(MAX_BODY_BYTES + 1);
            if (octets.length > MAX_BODY_BYTES) {
                throw MalformedCallException.tooLarge(MAX_BODY_BYTES);
            }
            return octets;
        } catch (IOException e) {
            throw new UncheckedIOException("the body did not arrive", e);
        }
    }

    private <T> T parse(String name, Class<T> type, String text) {
        try {
            return Words.of(type).parse().apply(text);
        } catch (IllegalArgumentException e) {
            throw MalformedCallException.field(name, name + ": " + e.getMessage());
        }
    }

    private void refuseUndeclared(Map<String, List<String>> given) {
        List<String> declared = operation.parameters().stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .toList();
        for (String name : given.keySet()) {
            if (!declared.contains(name)) {
                throw MalformedCallException.field(
                        Text.shown(name),
                        "unknown parameter; known are "
                                + declared.stream().sorted().collect(Collectors.joining(", ", "[", "]")));
            }
        }
    }
}
