package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.edge.http.Answers;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.offline.Bundle;
import dev.nameplate.ca.factory.offline.BundleRegister;
import dev.nameplate.ca.factory.offline.Drawing;
import dev.nameplate.ca.factory.offline.Reporting;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Units drawn ahead of time for a line without a network: draw, fetch, report, end. */
final class BundleOperations {
    private static final String GROUP = "bundles";
    private static final String ONE = "/api/v1/bundles/{bundle}";
    private static final Parameter BUNDLE = Parameter.path("bundle", BundleName.class, "the bundle");

    private final Drawing drawing;
    private final Reporting reporting;

    BundleOperations(Drawing drawing, Reporting reporting) {
        this.drawing = drawing;
        this.reporting = reporting;
    }

    List<Operation> all() {
        return List.of(
                Operation.post(GROUP, "/api/v1/batches/{batch}/bundles")
                        .called(
                                "drawBundle",
                                "Draws a slice of the quota for a station that goes on without a network.")
                        .with(BatchOperations.BATCH)
                        .taking(NewBundle.class)
                        .refusing(404, 409)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("The bundle.", BundleView.class), this::draw),
                Operation.get(GROUP, "/api/v1/batches/{batch}/bundles")
                        .called("listBundles", "Lists what stations drew from a batch.")
                        .with(BatchOperations.BATCH)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Bundles.", Page.class, BundleView.class), this::list),
                Operation.get(GROUP, ONE)
                        .called("showBundle", "Shows a bundle; a station sees its own alone.")
                        .with(BUNDLE)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR, Role.STATION)
                        .answers(Reply.json("The bundle.", BundleView.class), this::show),
                Operation.post(GROUP, ONE + "/units")
                        .called("fetchBundle", "Makes units of a bundle, where that was not done, and hands them over.")
                        .with(BUNDLE)
                        .taking(NewBundlePage.class)
                        .refusing(404, 409)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("Envelopes.", BundlePage.class), this::fetch),
                Operation.post(GROUP, ONE + "/report")
                        .called(
                                "reportBundle",
                                "Takes in the journal of a bundle. The same lines again change nothing.")
                        .with(BUNDLE)
                        .taking(NewBundleReport.class)
                        .refusing(404, 409)
                        .adminAnd(Role.STATION)
                        .answers(Reply.json("What became of it.", BundleReportTaken.class), this::report),
                Operation.post(GROUP, ONE + "/end")
                        .called("endBundle", "Ends a bundle; what was not reported as used is revoked.")
                        .with(BUNDLE)
                        .taking(NewBundleEnd.class)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR, Role.STATION)
                        .answers(Reply.json("The bundle.", BundleView.class), this::end));
    }

    private Result draw(Call call) {
        NewBundle body = call.body(NewBundle.class);
        SubjectPublicKeyInfo journal = key("journalKey", body.journalKey());
        if (!SECObjectIdentifiers.secp256r1.equals(curve(journal))) {
            throw MalformedCallException.field("journalKey", "journalKey: is not a key on P-256");
        }
        var wish = new Drawing.Wish(
                body.bundle(),
                call.path("batch", BatchName.class),
                (int) Math.min(body.units(), Integer.MAX_VALUE),
                body.validFor(),
                key("recipient", body.recipient()),
                journal);
        return switch (drawing.draw(wish, call.caller(), call.cause())) {
            case BundleRegister.Draw.Drawn(var bundle) -> new Result.Done(BundleView.of(bundle));
            case BundleRegister.Draw.Refused refused -> new Result.Refused(refused.refusal());
        };
    }

    private Result list(Call call) {
        List<BundleView> all = reporting.list(call.path("batch", BatchName.class)).stream()
                .map(BundleView::of)
                .toList();
        return new Result.Done(new Page<>(all, Optional.empty()));
    }

    private Result show(Call call) {
        return visible(call)
                .<Result>map(bundle -> new Result.Done(BundleView.of(bundle)))
                .orElseGet(() -> noBundle(call));
    }

    private Result fetch(Call call) {
        NewBundlePage body = call.body(NewBundlePage.class);
        if (body.from() < 1
                || body.from() > Drawing.MOST_UNITS
                || body.units() < 1
                || body.units() > NewBundlePage.MOST) {
            throw MalformedCallException.field(
                    "units", "units: are 1 to " + NewBundlePage.MOST + " at once, from place 1 on");
        }
        if (visible(call).isEmpty()) {
            return noBundle(call);
        }
        var filling = drawing.fill(
                name(call),
                body.from().intValue(),
                body.units().intValue(),
                key("recipient", body.recipient()),
                call.cause());
        return switch (filling) {
            case Drawing.Filling.Refused(var refusal) -> new Result.Refused(refusal);
            case Drawing.Filling.Filled(var envelopes) ->
                new Result.Done(new BundlePage(envelopes.stream()
                        .map(each -> new BundlePage.SealedEnvelope(
                                (long) each.place(),
                                each.unit(),
                                Base64.getEncoder().encodeToString(each.sealed())))
                        .toList()));
        };
    }

    private Result report(Call call) {
        NewBundleReport body = call.body(NewBundleReport.class);
        if (body.lines().size() > NewBundleReport.MOST) {
            throw MalformedCallException.field("lines", "lines: are at most " + NewBundleReport.MOST + " at once");
        }
        var handed = new Reporting.Handed(body.lines(), body.total());
        return switch (reporting.report(name(call), handed, call.caller(), call.cause())) {
            case Reporting.Outcome.Refused(var refusal) -> new Result.Refused(refusal);
            case Reporting.Outcome.Taken(int entries, var objections) ->
                new Result.Done(new BundleReportTaken(
                        (long) entries,
                        objections.stream().map(BundleOperations::refused).toList()));
        };
    }

    private Result end(Call call) {
        NewBundleEnd body = call.body(NewBundleEnd.class);
        assert body.why().isEmpty() || !body.why().get().isEmpty();
        return reporting
                .end(name(call), caller(call.operator()), call.cause())
                .<Result>map(Result.Refused::new)
                .orElseGet(() -> show(call));
    }

    private Optional<Bundle> visible(Call call) {
        Operator operator = call.operator();
        return reporting
                .find(name(call))
                .filter(bundle -> !operator.roles().contains(Role.STATION)
                        || bundle.header().station().equals(operator.name()));
    }

    private static BundleReportTaken.RefusedEntry refused(Reporting.Objection objection) {
        Answer answer = Answers.of(objection.refusal());
        return new BundleReportTaken.RefusedEntry(
                (long) objection.number(), objection.unit(), Problem.TYPES + answer.type(), answer.text());
    }

    private static Result noBundle(Call call) {
        return new Result.Refused(new Refusal.NotFound("bundle " + name(call)));
    }

    private static BundleName name(Call call) {
        return call.path("bundle", BundleName.class);
    }

    private static Caller caller(Operator operator) {
        return operator.roles().contains(Role.STATION)
                ? new Caller.Station(operator.name())
                : new Caller.Office(operator.name());
    }

    private static SubjectPublicKeyInfo key(String field, String base64) {
        try {
            return SubjectPublicKeyInfo.getInstance(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw MalformedCallException.field(field, field + ": is no SubjectPublicKeyInfo in DER, in base64");
        }
    }

    private static Optional<ASN1ObjectIdentifier> curveOf(SubjectPublicKeyInfo key) {
        return Optional.ofNullable(key.getAlgorithm().getParameters())
                .filter(ASN1ObjectIdentifier.class::isInstance)
                .map(ASN1ObjectIdentifier.class::cast);
    }

    private static ASN1ObjectIdentifier curve(SubjectPublicKeyInfo key) {
        return curveOf(key).orElse(key.getAlgorithm().getAlgorithm());
    }
}
