package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.Handovers;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.PossessionCheck;
import dev.nameplate.ca.factory.Step;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.factory.UnitIssuance;
import dev.nameplate.ca.factory.UnitSignature;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.factory.UnitWish;
import dev.nameplate.ca.factory.WorkOrders;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The steps of units, which stations take. */
final class UnitOperations {
    private static final String GROUP = "units";
    private static final String ONE = "/api/v1/batches/{batch}/units/{unit}";
    private static final Parameter UNIT = Parameter.path("unit", DeviceId.class, "the unit: its device's id");

    private final Line line;
    private final WorkOrders orders;
    private final Handovers handovers;
    private final Function<IssuerGeneration, List<CertificateDer>> chains;

    UnitOperations(
            Line line,
            WorkOrders orders,
            Handovers handovers,
            Function<IssuerGeneration, List<CertificateDer>> chains) {
        this.handovers = handovers;
        this.line = line;
        this.orders = orders;
        this.chains = chains;
    }

    List<Operation> all() {
        return Stream.concat(overview().stream(), steps().stream()).toList();
    }

    private List<Operation> overview() {
        return List.of(
                Operation.get(GROUP, ONE)
                        .called("showUnit", "Shows a unit.")
                        .with(BatchOperations.BATCH)
                        .with(UNIT)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR, Role.STATION)
                        .answers(Reply.json("The unit.", UnitView.class), this::show),
                Operation.get(GROUP, "/api/v1/batches/{batch}/progress")
                        .called("batchProgress", "A batch in numbers, for a station it is for.")
                        .with(BatchOperations.BATCH)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR, Role.STATION)
                        .answers(Reply.json("The batch.", BatchReportView.class), this::progress),
                Operation.post(GROUP, "/api/v1/batches/{batch}/kek")
                        .called(
                                "handOverKek",
                                "Hands a station its key-encryption key for a batch, encrypted to its own key.")
                        .with(BatchOperations.BATCH)
                        .taking(NewRecipient.class)
                        .refusing(404, 409)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("The key-encryption key.", HandedKek.class), this::handOver));
    }

    private List<Operation> steps() {
        return List.of(
                step("reservation", "reserveUnit", "A unit appears on the line.")
                        .taking(NewReservation.class)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("On record.", StepTaken.class), this::reserve),
                step("certificate", "certifyUnit", "Certifies the key that a unit made.")
                        .taking(NewUnitCertificate.class)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("The certificate.", IssuedUnit.class), this::certify),
                step("key", "injectUnit", "Makes a unit's key and certifies it; the key leaves wrapped.")
                        .taking(NewReservation.class)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("The certificate and the key.", IssuedUnit.class), this::inject),
                step(
                                "progress",
                                "advanceUnit",
                                "The certificate came to the station, into the unit, or out of the door.")
                        .taking(NewProgress.class)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("On record.", StepTaken.class), this::advance),
                step("proof", "verifyUnit", "The unit signed what it got with its certificate: it has the key.")
                        .taking(NewProof.class)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("On record.", StepTaken.class), this::verify),
                step("scrap", "scrapUnit", "Ends a unit; its certificate is revoked.")
                        .taking(NewReason.class)
                        .adminAnd(Role.OPERATOR, Role.STATION)
                        .answers(Reply.json("On record.", StepTaken.class), this::scrap),
                step("rework", "reworkUnit", "Takes a unit back; its certificate is revoked, and it needs a new key.")
                        .taking(NewReason.class)
                        .adminAnd(Role.OPERATOR, Role.STATION)
                        .answers(Reply.json("On record.", StepTaken.class), this::rework));
    }

    private static Draft step(String what, String id, String summary) {
        return Operation.post(GROUP, ONE + "/" + what)
                .called(id, summary)
                .with(BatchOperations.BATCH)
                .with(UNIT)
                .refusing(404, 409);
    }

    private Result show(Call call) {
        Optional<UnitFacts> facts = line.find(batch(call), unit(call));
        Optional<Refusal> objection = facts.flatMap(found -> caller(call).objectionTo(found.batch()));
        return objection
                .<Result>map(Result.Refused::new)
                .orElseGet(() -> facts.flatMap(UnitFacts::unit)
                        .filter(found -> found.batch().equals(batch(call)))
                        .<Result>map(found -> new Result.Done(UnitView.of(found)))
                        .orElseGet(() -> new Result.Refused(
                                new Refusal.NotFound("unit " + unit(call) + " in batch " + batch(call)))));
    }

    private Result progress(Call call) {
        return orders.report(batch(call))
                .map(report -> caller(call)
                        .objectionTo(report.batch())
                        .<Result>map(Result.Refused::new)
                        .orElseGet(() -> new Result.Done(BatchReportView.of(report))))
                .orElseGet(() -> new Result.Refused(new Refusal.NotFound("batch " + batch(call))));
    }

    private Result handOver(Call call) {
        byte[] key = octets("publicKey", call.body(NewRecipient.class).publicKey());
        SubjectPublicKeyInfo recipient;
        try {
            recipient = SubjectPublicKeyInfo.getInstance(key);
        } catch (IllegalArgumentException e) {
            throw MalformedCallException.field("publicKey", "publicKey: is no SubjectPublicKeyInfo in DER");
        }
        return switch (handovers.hand(batch(call), recipient, caller(call), call.cause())) {
            case Handovers.Outcome.Handed(var handover, var former) -> new Result.Done(HandedKek.of(handover, former));
            case Handovers.Outcome.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private Result reserve(Call call) {
        var wish = wish(call, call.body(NewReservation.class).attributes());
        return taken(line.reserve(wish, caller(call), call.cause()), UnitState.RESERVED);
    }

    private Result certify(Call call) {
        NewUnitCertificate body = call.body(NewUnitCertificate.class);
        return issued(line.issue(
                wish(call, body.attributes()), CsrText.parse("csr", body.csr()), caller(call), call.cause()));
    }

    private Result inject(Call call) {
        var wish = wish(call, call.body(NewReservation.class).attributes());
        return issued(line.inject(wish, caller(call), call.cause()));
    }

    private Result advance(Call call) {
        NewProgress body = call.body(NewProgress.class);
        if (body.reached() != UnitState.DELIVERED
                && body.reached() != UnitState.WRITTEN
                && body.reached() != UnitState.CLOSED) {
            throw MalformedCallException.field("reached", "reached: is delivered, written or closed");
        }
        return take(call, new Step.Advance(body.reached(), body.serial()));
    }

    private Result verify(Call call) {
        NewProof body = call.body(NewProof.class);
        var signed = new UnitSignature(batch(call), unit(call), body.serial(), octets("signature", body.signature()));
        return taken(line.verify(signed, caller(call), call.cause()), UnitState.VERIFIED);
    }

    private Result scrap(Call call) {
        return take(
                call, reasoned(() -> new Step.Scrap(call.body(NewReason.class).reason())));
    }

    private Result rework(Call call) {
        return take(
                call, reasoned(() -> new Step.Rework(call.body(NewReason.class).reason())));
    }

    private Result take(Call call, Step step) {
        return taken(line.take(step, batch(call), unit(call), caller(call), call.cause()), step.reaches());
    }

    private static Step reasoned(Supplier<Step> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw MalformedCallException.field("reason", String.valueOf(e.getMessage()));
        }
    }

    private static Result taken(UnitChange change, UnitState step) {
        return switch (change) {
            case UnitChange.Changed changed -> new Result.Done(StepTaken.of(changed.now(), step));
            case UnitChange.Unchanged(var unit) -> new Result.Done(StepTaken.of(unit, step));
            case UnitChange.Refused refused -> new Result.Refused(refused.refusal());
        };
    }

    private Result issued(UnitIssuance issuance) {
        return switch (issuance) {
            case UnitIssuance.Refused(var refusal) -> new Result.Refused(refusal);
            case UnitIssuance.Issued(var certificate, var unit, var wrapped) ->
                new Result.Done(new IssuedUnit(
                        unit.batch(),
                        unit.id(),
                        certificate.serial(),
                        PemText.of(List.of(certificate.certificate())),
                        PemText.of(chains.apply(certificate.issuer())),
                        base64(PossessionCheck.message(
                                unit.certificate().orElseThrow().nonce())),
                        wrapped.map(key -> base64(key.octets()))));
        };
    }

    private static UnitWish wish(Call call, Optional<Map<String, String>> attributes) {
        return new UnitWish(batch(call), unit(call), attributes.orElse(Map.of()));
    }

    private static Caller caller(Call call) {
        Operator operator = call.operator();
        return operator.roles().contains(Role.STATION)
                ? new Caller.Station(operator.name())
                : new Caller.Office(operator.name());
    }

    private static BatchName batch(Call call) {
        return call.path("batch", BatchName.class);
    }

    private static DeviceId unit(Call call) {
        return call.path("unit", DeviceId.class);
    }

    private static byte[] octets(String field, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw MalformedCallException.field(field, field + ": is not base64");
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
