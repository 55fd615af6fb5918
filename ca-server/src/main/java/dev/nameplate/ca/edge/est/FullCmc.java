package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.SignerFinding;
import dev.nameplate.ca.edge.http.RequestIds;
import dev.nameplate.ca.edge.http.Requests;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.enrollment.RevocationWish;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.est.CmcRequest;
import dev.nameplate.est.CmcRequest.Part;
import dev.nameplate.est.CmcResponse;
import dev.nameplate.est.CmcResponse.Failure;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstOperation;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** POST fullcmc (RFC 7030, 4.3): one certification request, or one revocation, in a Full PKI Request (RFC 5272). */
final class FullCmc implements Operation {
    private final EstFeatures.Messages messages;
    private final EstReplies replies;

    FullCmc(EstFeatures.Messages messages, EstReplies replies) {
        this.messages = messages;
        this.replies = replies;
    }

    /** One request under way. */
    private record Exchange(Context ctx, ServedLabel label, CmcRequest request, CmcReplies answers) {}

    @Override
    public void handle(Context ctx, ServedLabel label) {
        if (label.options().cmc().isEmpty()) {
            replies.notOffered(ctx, EstOperation.FULLCMC);
        } else if (!replies.refusedForCmcMediaType(ctx)) {
            var body = EstBase64.decode(ctx.bodyAsBytes());
            CmcRequest request = CmcRequest.parse(body.content());
            var response = new CmcResponse(messages.signer().get(), messages.random());
            var answers = new CmcReplies(
                    replies, response, request.echo(), label.layout().asked(body.form()));
            answer(new Exchange(ctx, label, request, answers));
        }
    }

    private void answer(Exchange exchange) {
        CmcRequest request = exchange.request();
        if (!request.signatureIsValid()) {
            exchange.answers()
                    .fail(
                            exchange.ctx(),
                            whole(Failure.BAD_MESSAGE_CHECK),
                            "the signature does not verify with the signer's certificate, which has to be in the message");
        } else if (request.objection().isPresent()) {
            exchange.answers()
                    .fail(
                            exchange.ctx(),
                            whole(Failure.BAD_REQUEST),
                            request.objection().get());
        } else if (unknown(request).isPresent()) {
            Part.Unknown part = unknown(request).get();
            exchange.answers()
                    .fail(
                            exchange.ctx(),
                            new CmcReplies.Fault(part.id(), Failure.BAD_REQUEST),
                            part.what() + " is not taken here");
        } else if (request.parts().size() != 1) {
            exchange.answers()
                    .fail(
                            exchange.ctx(),
                            whole(Failure.BAD_REQUEST),
                            "one message holds one certification request or one revocation, not "
                                    + request.parts().size());
        } else {
            perform(exchange, request.parts().getFirst());
        }
    }

    private void perform(Exchange exchange, Part part) {
        SignerFinding signer = messages.identify()
                .identify(
                        CertificateDer.of(exchange.request().signer().orElseThrow()),
                        Credentials.of(exchange.ctx()),
                        exchange.label().label(),
                        exchange.label().options().cmc());
        switch (part) {
            case Part.Certification wanted -> certify(exchange, signer, wanted);
            case Part.Revocation wanted -> revoke(exchange, signer, wanted);
            case Part.Unknown never -> throw new IllegalStateException("refused before: " + never.what());
        }
    }

    private void certify(Exchange exchange, SignerFinding signer, Part.Certification wanted) {
        var outcome = messages.enroll()
                .enroll(signer, exchange.label().label(), Requests.csr(wanted.wanted()), RequestIds.of(exchange.ctx()));
        switch (outcome) {
            case EnrollmentOutcome.Refused(var refusal) ->
                exchange.answers().refuse(exchange.ctx(), wanted.id(), refusal);
            case EnrollmentOutcome.Issued(var issued) ->
                exchange.answers()
                        .succeed(
                                exchange.ctx(),
                                wanted.id(),
                                List.of(issued.certificate().parsed()));
        }
    }

    private void revoke(Exchange exchange, SignerFinding signer, Part.Revocation wanted) {
        Optional<RevocationWish> wish = wish(wanted);
        Revocation outcome = wish.isPresent()
                ? messages.revoke().revoke(signer, wish.get(), RequestIds.of(exchange.ctx()))
                : new Revocation.Refused(new Refusal.FieldWrong("revokeRequest", "serial number or reason is none"));
        switch (outcome) {
            case Revocation.Refused(var refusal) -> exchange.answers().refuse(exchange.ctx(), wanted.id(), refusal);
            case Revocation.Changed _, Revocation.Unchanged _ ->
                exchange.answers().succeed(exchange.ctx(), wanted.id(), List.of());
        }
    }

    private static Optional<RevocationWish> wish(Part.Revocation wanted) {
        try {
            return Optional.of(new RevocationWish(
                    wanted.issuer(), new SerialNumber(wanted.serial()), RevocationReason.ofCode(wanted.reason())));
        } catch (IllegalArgumentException noSuchThing) {
            return Optional.empty();
        }
    }

    private static Optional<Part.Unknown> unknown(CmcRequest request) {
        return request.parts().stream()
                .filter(Part.Unknown.class::isInstance)
                .map(Part.Unknown.class::cast)
                .findFirst();
    }

    private static CmcReplies.Fault whole(Failure failure) {
        return new CmcReplies.Fault(CmcResponse.WHOLE_REQUEST, failure);
    }
}
