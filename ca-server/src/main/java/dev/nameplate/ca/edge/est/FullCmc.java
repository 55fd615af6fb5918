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

/** POST fullcmc (RFC 7030, 4.3): certification requests and revocations in one Full PKI Request (RFC 5272), each answered. */
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
        List<CmcReplies.Part> parts = objection(exchange.request())
                .map(List::of)
                .orElseGet(() -> {
                    SignerFinding signer = signer(exchange);
                    return exchange.request().parts().stream()
                            .map(part -> perform(exchange, signer, part))
                            .toList();
                });
        exchange.answers().send(exchange.ctx(), parts);
    }

    /** What keeps all of it from being done. */
    private static Optional<CmcReplies.Part> objection(CmcRequest request) {
        if (!request.signatureIsValid()) {
            return whole(
                    Failure.BAD_MESSAGE_CHECK,
                    "the signature does not verify with the signer's certificate, which has to be in the message");
        }
        if (request.objection().isPresent()) {
            return whole(Failure.BAD_REQUEST, request.objection().get());
        }
        if (request.parts().isEmpty()) {
            return whole(Failure.BAD_REQUEST, "the message holds neither a certification request nor a revocation");
        }
        return request.parts().stream()
                .filter(Part.Unknown.class::isInstance)
                .map(Part.Unknown.class::cast)
                .findFirst()
                .map(part -> CmcReplies.failed(part.id(), Failure.BAD_REQUEST, part.what() + " is not taken here"));
    }

    private SignerFinding signer(Exchange exchange) {
        return messages.identify()
                .identify(
                        CertificateDer.of(exchange.request().signer().orElseThrow()),
                        Credentials.of(exchange.ctx()),
                        exchange.label().label(),
                        exchange.label().options().cmc());
    }

    private CmcReplies.Part perform(Exchange exchange, SignerFinding signer, Part part) {
        return switch (part) {
            case Part.Certification wanted -> certify(exchange, signer, wanted);
            case Part.Revocation wanted -> revoke(exchange, signer, wanted);
            case Part.Unknown never -> throw new IllegalStateException("refused before: " + never.what());
        };
    }

    private CmcReplies.Part certify(Exchange exchange, SignerFinding signer, Part.Certification wanted) {
        replies.endIfLinked(exchange.ctx(), wanted.wanted());
        var outcome = messages.enroll()
                .enroll(signer, exchange.label().label(), Requests.csr(wanted.wanted()), RequestIds.of(exchange.ctx()));
        return switch (outcome) {
            case EnrollmentOutcome.Refused(var refusal) ->
                exchange.answers().refused(exchange.ctx(), wanted.id(), refusal);
            case EnrollmentOutcome.Waiting waiting ->
                CmcReplies.waits(
                        exchange.ctx(), wanted.id(), waiting, messages.clock().instant());
            case EnrollmentOutcome.Issued(var issued) ->
                CmcReplies.done(wanted.id(), List.of(issued.certificate().parsed()));
        };
    }

    private CmcReplies.Part revoke(Exchange exchange, SignerFinding signer, Part.Revocation wanted) {
        Optional<RevocationWish> wish = wish(wanted);
        Revocation outcome = wish.isPresent()
                ? messages.revoke().revoke(signer, wish.get(), RequestIds.of(exchange.ctx()))
                : new Revocation.Refused(new Refusal.FieldWrong("revokeRequest", "serial number or reason is none"));
        return switch (outcome) {
            case Revocation.Refused(var refusal) -> exchange.answers().refused(exchange.ctx(), wanted.id(), refusal);
            case Revocation.Changed _, Revocation.Unchanged _ -> CmcReplies.done(wanted.id(), List.of());
        };
    }

    private static Optional<RevocationWish> wish(Part.Revocation wanted) {
        try {
            return Optional.of(new RevocationWish(
                    wanted.issuer(), new SerialNumber(wanted.serial()), RevocationReason.ofCode(wanted.reason())));
        } catch (IllegalArgumentException noSuchThing) {
            return Optional.empty();
        }
    }

    private static Optional<CmcReplies.Part> whole(Failure failure, String text) {
        return Optional.of(CmcReplies.failed(CmcResponse.WHOLE_REQUEST, failure, text));
    }
}
