package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.edge.http.ClientChain;
import dev.nameplate.ca.operator.Authorization;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.refusal.Refusal;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Stands before every operation: who is it, may they, is it well formed; then lets the endpoint answer. */
final class Guard implements Handler {
    private final Operation operation;
    private final Operators operators;
    private final Speech speech;
    private final MeterRegistry meters;

    Guard(Operation operation, Operators operators, Speech speech, MeterRegistry meters) {
        this.operation = operation;
        this.operators = operators;
        this.speech = speech;
        this.meters = meters;
    }

    @Override
    public void handle(Context ctx) throws IOException {
        ctx.header("Cache-Control", "no-store");
        Timer.Sample sample = Timer.start(meters);
        answerOrRefuse(ctx);
        sample.stop(meters.timer(
                "nameplate.api.requests", "operation", operation.id(), "status", Integer.toString(ctx.statusCode())));
    }

    private void answerOrRefuse(Context ctx) throws IOException {
        try {
            switch (operation.access()) {
                case Access.Anybody() -> answer(ctx, Optional.empty());
                case Access.Roles(var roles) -> admit(ctx, roles);
            }
        } catch (MalformedCallException e) {
            speech.refuse(ctx, answerTo(e.fault()));
        }
    }

    private void admit(Context ctx, Set<Role> roles) throws IOException {
        switch (operators.authenticate(ClientChain.of(ctx))) {
            case Authorization.Unknown(var refusal) -> speech.refuse(ctx, refusal);
            case Authorization.Known(var operator) -> {
                if (Collections.disjoint(operator.roles(), roles)) {
                    speech.refuse(ctx, roleMissing(operator));
                } else {
                    answer(ctx, Optional.of(operator));
                }
            }
        }
    }

    private void answer(Context ctx, Optional<Operator> caller) throws IOException {
        Result result = operation.endpoint().answer(new Call(ctx, operation, speech.json(), caller));
        switch (result) {
            case Result.Done(var content) -> speech.say(ctx, operation.reply(), content);
            case Result.Nothing() -> ctx.status(operation.reply().status());
            case Result.Written(var writer) -> {
                ctx.status(operation.reply().status())
                        .contentType(operation.reply().contentType());
                writer.writeTo(ctx.outputStream());
            }
            case Result.Otherwise(var content) ->
                speech.say(ctx, operation.outcome().otherwise().orElseThrow(), content);
            case Result.Refused(Refusal refusal) -> speech.refuse(ctx, refusal);
        }
    }

    private Answer roleMissing(Operator operator) {
        return new Answer(
                403,
                "role-missing",
                operation.id() + " takes one of the roles " + operation.roles() + ", and " + operator.name() + " has "
                        + new TreeSet<>(operator.roles()));
    }

    private static Answer answerTo(MalformedCallException.Fault fault) {
        return new Answer(fault.status(), fault.slug(), fault.detail(), fault.field(), Optional.empty());
    }
}
