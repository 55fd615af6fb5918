package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.est.CmcRequest;
import dev.nameplate.est.CmcResponse;
import dev.nameplate.est.CmcResponse.Failure;
import dev.nameplate.est.CmcResponse.Outcome;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.RetryAfter;
import dev.nameplate.est.Wrapping;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Answers one CMC request: a refusal too is a CMC response, under the HTTP status it deserves (RFC 7030, 4.3.2). */
final class CmcReplies {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final EstReplies replies;
    private final CmcResponse response;
    private final CmcRequest.Echo echo;
    private final Wrapping wrapping;

    CmcReplies(EstReplies replies, CmcResponse response, CmcRequest.Echo echo, Wrapping wrapping) {
        this.replies = replies;
        this.response = response;
        this.echo = echo;
        this.wrapping = wrapping;
    }

    /** What became of one part, and the HTTP status it would have alone. */
    record Part(int status, Outcome outcome) {}

    static Part done(long part, List<X509CertificateHolder> issued) {
        return new Part(OK, new Outcome.Done(part, issued));
    }

    /** Says in the header too when to ask again. */
    static Part waits(Context ctx, long part, EnrollmentOutcome.Waiting waiting, Instant now) {
        ctx.header(Header.RETRY_AFTER, RetryAfter.format(waiting.retryAfter()));
        return new Part(ACCEPTED, new Outcome.Pending(part, waiting.id().value(), now.plus(waiting.retryAfter())));
    }

    Part refused(Context ctx, long part, Refusal refusal) {
        Answer answer = replies.answer(ctx, refusal);
        int status = answer.status() == UNAUTHORIZED ? FORBIDDEN : answer.status();
        return new Part(status, new Outcome.Failed(part, failure(refusal), answer.text()));
    }

    static Part failed(long part, Failure failure, String text) {
        return new Part(BAD_REQUEST, new Outcome.Failed(part, failure, text));
    }

    /** One failed part fails the whole for whoever looks at HTTP alone; what was issued is in the answer all the same. */
    void send(Context ctx, List<Part> parts) {
        int status = parts.stream().mapToInt(Part::status).max().orElse(OK);
        byte[] message = response.encode(echo, parts.stream().map(Part::outcome).toList());
        ctx.header(Header.CACHE_CONTROL, "no-store");
        EstReplies.base64(ctx, status, EstMediaTypes.CMC_RESPONSE, EstBase64.encode(message, wrapping));
    }

    private static Failure failure(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OfCredential _ -> Failure.BAD_IDENTITY;
            case Refusal.OfOperation operation ->
                operation instanceof Refusal.NotFound ? Failure.BAD_CERTIFICATE_ID : Failure.BAD_REQUEST;
            case Refusal.OfRequest request -> failure(request);
            case Refusal.RequestRejected _ -> Failure.BAD_REQUEST;
            case Refusal.DecisionUnavailable _ -> Failure.TRY_LATER;
            case Refusal.OfFactory _ -> Failure.BAD_REQUEST;
        };
    }

    private static Failure failure(Refusal.OfRequest refusal) {
        return switch (refusal) {
            case Refusal.ProofMissing _ -> Failure.POP_REQUIRED;
            case Refusal.CsrSignatureWrong _, Refusal.NotLinked _ -> Failure.POP_FAILED;
            case Refusal.KeyNotAllowed _, Refusal.KeyWeak _ -> Failure.BAD_ALGORITHM;
            case Refusal.KeyTaken _, Refusal.KeyRevoked _ -> Failure.NO_KEY_REUSE;
            case Refusal.NotItsOwnName _, Refusal.NamesDiffer _, Refusal.IdentityIncomplete _ -> Failure.BAD_IDENTITY;
            case Refusal.SubjectAltNameNotAllowed _, Refusal.ExtensionNotAllowed _ -> Failure.UNSUPPORTED_EXTENSION;
            case Refusal.NewNames _ -> Failure.BAD_IDENTITY;
            case Refusal.IssuerNotValid _, Refusal.RenewalTooEarly _ -> Failure.TRY_LATER;
            case Refusal.AttributeNotSupported _, Refusal.KeyNotDeliverable _, Refusal.AttestationMissing _ ->
                Failure.BAD_REQUEST;
        };
    }
}
