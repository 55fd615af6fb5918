package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.Force;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.Rotation;
import dev.nameplate.ca.authority.RotationOutcome;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.refusal.Refusal;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Generations of issuers: prepare, publish, activate, retire, destroy. */
final class RotationOperations {
    private static final String GROUP = "issuers";
    private static final String PATH = "/api/v1/issuers/{issuer}/generations";
    private static final Parameter ISSUER = Parameter.path("issuer", IssuerName.class, "the issuer's name");
    private static final Parameter NUMBER = Parameter.path("number", Long.class, "which of its keys, counted from 1");

    private final Rotation rotation;
    private final Runnable follow;

    /** @param follow has this process take over what was changed */
    RotationOperations(Rotation rotation, Runnable follow) {
        this.rotation = rotation;
        this.follow = follow;
    }

    List<Operation> all() {
        return List.of(
                Operation.post(GROUP, PATH)
                        .called(
                                "prepareIssuer",
                                "Makes an issuer's next key, and its certificate if it is signed here.")
                        .with(ISSUER)
                        .refusing(404, 409)
                        .adminAnd()
                        .answers(Reply.json("The prepared generation.", PreparedView.class), this::prepare),
                of("publication", "publishIssuer", "Hands a prepared generation out. It does not sign yet.")
                        .taking(NewPublication.class)
                        .adminAnd()
                        .answers(Reply.json("The generation.", IssuerView.class), this::publish),
                Operation.get(GROUP, PATH + "/{number}/reach")
                        .called(
                                "reachOfIssuer",
                                "Counts the devices that fetched a generation's chain. Reads them all.")
                        .with(ISSUER)
                        .with(NUMBER)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("How far it came.", ReachView.class), this::reach),
                of(
                                "activation",
                                "activateIssuer",
                                "Has a generation sign from now on; an earlier one, to take it back.")
                        .taking(NewStep.class)
                        .adminAnd()
                        .answers(
                                Reply.json("The generation.", IssuerView.class),
                                call -> step(call, rotation::activate)),
                of("retirement", "retireIssuer", "Only says where a generation's certificates stand from now on.")
                        .taking(NewStep.class)
                        .adminAnd()
                        .answers(Reply.json("The generation.", IssuerView.class), call -> step(call, rotation::retire)),
                of("destruction", "destroyIssuer", "Ends a retired generation; to be asked until its key is destroyed.")
                        .taking(NewStep.class)
                        .adminAnd()
                        .answers(
                                Reply.json("The generation.", IssuerView.class),
                                call -> step(call, rotation::destroy)));
    }

    private static Draft of(String what, String id, String summary) {
        return Operation.post(GROUP, PATH + "/{number}/" + what)
                .called(id, summary)
                .with(ISSUER)
                .with(NUMBER)
                .refusing(404, 409);
    }

    private Result prepare(Call call) {
        return result(
                rotation.prepare(call.path("issuer", IssuerName.class), call.cause()),
                issuer -> new PreparedView(
                        IssuerView.of(issuer), rotation.request(issuer).map(RotationOperations::requestPem)));
    }

    private Result publish(Call call) {
        NewPublication wish = call.body(NewPublication.class);
        return result(rotation.publish(generation(call), wish.chain(), call.cause()), IssuerView::of);
    }

    private Result reach(Call call) {
        IssuerGeneration generation = generation(call);
        return rotation.reach(generation)
                .<Result>map(reach -> new Result.Done(ReachView.of(generation, reach)))
                .orElseGet(() -> new Result.Refused(
                        new Refusal.NotFound("issuer " + generation + " among those that are handed out")));
    }

    private Result step(Call call, Step step) {
        NewStep wish = call.body(NewStep.class);
        return result(step.take(generation(call), wish.asForce(), call.cause()), IssuerView::of);
    }

    private Result result(RotationOutcome outcome, Function<IssuerRecord, Object> view) {
        return switch (outcome) {
            case RotationOutcome.Done(var issuer) -> {
                follow.run();
                yield new Result.Done(view.apply(issuer));
            }
            case RotationOutcome.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private static IssuerGeneration generation(Call call) {
        long number = call.path("number", Long.class);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw MalformedCallException.field("number", "number: generations are counted from 1");
        }
        return new IssuerGeneration(call.path("issuer", IssuerName.class), (int) number);
    }

    private static String requestPem(byte[] der) {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject("CERTIFICATE REQUEST", der));
        } catch (IOException e) {
            throw new IllegalStateException("PEM cannot be written into memory", e);
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Step {
        RotationOutcome take(IssuerGeneration generation, Force force, Cause cause);
    }
}
