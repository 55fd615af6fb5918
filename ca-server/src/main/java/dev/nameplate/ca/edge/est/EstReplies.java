package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.device.DigestSecret;
import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.edge.http.ClientChain;
import dev.nameplate.ca.edge.http.Replies;
import dev.nameplate.ca.edge.http.TlsSession;
import dev.nameplate.ca.edge.http.Voice;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.est.BodyForm;
import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.RequestedCertificate;
import dev.nameplate.est.RetryAfter;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** Writes EST's answers: certificates in the one form every client reads, refusals as a line of text. */
final class EstReplies {
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final Set<ASN1ObjectIdentifier> LINKS =
            Set.of(CsrAttributes.CHALLENGE_PASSWORD, CsrAttributes.EST_IDENTITY_LINKING);
    private static final int FORBIDDEN = 403;
    private final Voice voice;
    private final Function<LabelName, String> nonces;

    EstReplies(Voice voice, Function<LabelName, String> nonces) {
        this.voice = voice;
        this.nonces = nonces;
    }

    /** The Content-Transfer-Encoding means nothing any more (RFC 8951, 3), yet some clients decode only where it stands. */
    static void certificates(Context ctx, byte[] base64) {
        base64(ctx, EstMediaTypes.CERTS_ONLY, base64);
    }

    static void base64(Context ctx, String mediaType, byte[] base64) {
        base64(ctx, 200, mediaType, base64);
    }

    static void base64(Context ctx, int status, String mediaType, byte[] base64) {
        ctx.header("Content-Transfer-Encoding", "base64");
        Replies.send(ctx, status, mediaType, base64);
    }

    /** What a refusal is in HTTP, its Retry-After already set. */
    Answer answer(Context ctx, Refusal refusal) {
        Answer answer = voice.answers().to(refusal);
        answer.retryAfter().ifPresent(wait -> ctx.header(Header.RETRY_AFTER, RetryAfter.format(wait)));
        return answer;
    }

    void send(Context ctx, ServedLabel label, EnrollmentOutcome outcome, BodyForm asked) {
        switch (outcome) {
            case EnrollmentOutcome.Issued(var certificate) -> issued(ctx, label, certificate, asked);
            case EnrollmentOutcome.Waiting(var id, var retryAfter) -> waits(ctx, id, retryAfter);
            case EnrollmentOutcome.Refused(var refusal) -> refuse(ctx, label, refusal);
        }
    }

    /** RFC 7030, 4.2.3. The text is for whoever looks; a client needs the Retry-After alone. */
    private void waits(Context ctx, PendingId id, Duration retryAfter) {
        ctx.header(Header.CACHE_CONTROL, "no-store");
        String text = "request " + id + " waits for an operator; ask again with the same key";
        tell(ctx, new Answer(ACCEPTED, "waiting", text, Optional.empty(), Optional.of(retryAfter)));
    }

    /** A 401 comes with a challenge, so where no password is taken it is a 403. */
    void refuse(Context ctx, ServedLabel label, Refusal refusal) {
        Answer answer = voice.answers().to(refusal);
        if (answer.status() != UNAUTHORIZED) {
            tell(ctx, answer);
        } else if (label.takesCodes() || label.takesDigest()) {
            challenges(label, refusal instanceof Refusal.NonceStale)
                    .forEach(challenge -> ctx.res().addHeader(Header.WWW_AUTHENTICATE, challenge));
            challenge(ctx, answer);
        } else {
            tell(ctx, new Answer(FORBIDDEN, answer.type(), answer.text()));
        }
    }

    /** The stronger first: some clients read the first alone. */
    private List<String> challenges(ServedLabel label, boolean stale) {
        List<String> challenges = new ArrayList<>();
        if (label.takesDigest()) {
            String nonce = nonces.apply(label.label().name());
            challenges.add(label.options().challenge().challenge(DigestSecret.REALM, nonce, stale));
        }
        if (label.takesCodes()) {
            challenges.add("Basic realm=\"" + DigestSecret.REALM + "\"");
        }
        return challenges;
    }

    /** Bouncy Castle's client answers a challenge only if that has no body; who showed anything is told what was wrong. */
    private void challenge(Context ctx, Answer answer) {
        if (ctx.header(Header.AUTHORIZATION) == null && ClientChain.of(ctx).isEmpty()) {
            ctx.status(UNAUTHORIZED);
        } else {
            tell(ctx, answer);
        }
    }

    /** One binding vouches for one request. */
    void endIfLinked(Context ctx, Pkcs10 csr) {
        if (csr.challengePassword().isPresent() || csr.estIdentityLinking().isPresent()) {
            TlsSession.endAfterAnswer(ctx);
        }
    }

    void endIfLinked(Context ctx, RequestedCertificate wanted) {
        if (wanted.attributes().stream().anyMatch(attribute -> LINKS.contains(attribute.getAttrType()))) {
            TlsSession.endAfterAnswer(ctx);
        }
    }

    /** @return whether the request is not announced as a PKCS#10, and was answered */
    boolean refusedForMediaType(Context ctx) {
        return refusedUnless(EstMediaTypes.isPkcs10(ctx.req().getContentType()), EstMediaTypes.PKCS10, ctx);
    }

    /** @return whether the request is not announced as CMC, and was answered */
    boolean refusedForCmcMediaType(Context ctx) {
        return refusedUnless(EstMediaTypes.isCmcRequest(ctx.req().getContentType()), EstMediaTypes.CMC_REQUEST, ctx);
    }

    private boolean refusedUnless(boolean right, String wanted, Context ctx) {
        if (!right) {
            String announced = ctx.req().getContentType();
            String sent = announced == null ? "there is no Content-Type" : "Content-Type is " + Text.shown(announced);
            tell(ctx, new Answer(415, "media-type", sent + "; it should be " + wanted));
        }
        return !right;
    }

    void notFound(Context ctx, String reason) {
        tell(ctx, new Answer(404, "not-found", reason));
    }

    void notOffered(Context ctx, EstOperation operation) {
        tell(ctx, new Answer(501, "not-offered", operation.segment() + " is not offered here"));
    }

    void methodNotAllowed(Context ctx, EstOperation operation, String allowed) {
        ctx.header(Header.ALLOW, allowed);
        String text = operation.segment() + " takes " + allowed + ", not "
                + Text.shown(ctx.req().getMethod());
        tell(ctx, new Answer(405, "method-not-allowed", text));
    }

    private void issued(Context ctx, ServedLabel label, IssuedCertificate issued, BodyForm asked) {
        byte[] message = CertsOnly.encodeDer(List.of(issued.certificate().octets()));
        ctx.header(Header.CACHE_CONTROL, "no-store");
        certificates(ctx, EstBase64.encode(message, label.layout().asked(asked)));
    }

    private void tell(Context ctx, Answer answer) {
        Replies.send(ctx, answer, voice.form());
    }
}
