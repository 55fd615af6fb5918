package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.est.CmcRequest;
import dev.nameplate.est.CmcResponse;
import dev.nameplate.est.CmcResponse.Failure;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.Wrapping;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Answers one CMC request: a refusal too is a CMC response, under the HTTP status it deserves (RFC 7030, 4.3.2). */
record CmcReplies(EstReplies replies, CmcResponse response, CmcRequest.Echo echo, Wrapping wrapping) {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /**
     * Where it failed, and how.
     *
     * @param part its number, or {@link CmcResponse#WHOLE_REQUEST}
     */
    record Fault(long part, Failure failure) {}

    void succeed(Context ctx, long part, List<X509CertificateHolder> issued) {
        send(ctx, 200, response.success(echo, part, issued));
    }

    void refuse(Context ctx, long part, Refusal refusal) {
        Answer answer = replies.answer(ctx, refusal);
        int status = answer.status() == UNAUTHORIZED ? FORBIDDEN : answer.status();
        send(ctx, status, response.failure(echo, part, failure(refusal), answer.text()));
    }

    void fail(Context ctx, Fault fault, String text) {
        send(ctx, BAD_REQUEST, response.failure(echo, fault.part(), fault.failure(), text));
    }

    private void send(Context ctx, int status, byte[] message) {
        ctx.header(Header.CACHE_CONTROL, "no-store");
        EstReplies.base64(ctx, status, EstMediaTypes.CMC_RESPONSE, EstBase64.encode(message, wrapping));
    }

    private static Failure failure(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OfCredential _ -> Failure.BAD_IDENTITY;
            case Refusal.OfOperation operation ->
                operation instanceof Refusal.NotFound ? Failure.BAD_CERTIFICATE_ID : Failure.BAD_REQUEST;
            case Refusal.OfRequest request -> failure(request);
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
            case Refusal.IssuerNotValid _ -> Failure.TRY_LATER;
            case Refusal.AttributeNotSupported _, Refusal.KeyNotDeliverable _ -> Failure.BAD_REQUEST;
        };
    }
}
