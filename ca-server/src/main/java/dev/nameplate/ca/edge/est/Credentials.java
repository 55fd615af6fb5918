package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.BasicPassword;
import dev.nameplate.ca.device.DigestAnswer;
import dev.nameplate.ca.device.PresentedIdentity;
import dev.nameplate.ca.edge.http.ClientChain;
import dev.nameplate.ca.edge.http.RequestIds;
import dev.nameplate.ca.edge.http.TlsSession;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.DigestCredentials;
import dev.nameplate.est.MalformedMessageException;
import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What a request brings to show who it is from: the TLS session's certificates and the Authorization header, nothing else. */
final class Credentials {
    private Credentials() {}

    static PresentedIdentity of(Context ctx) {
        return new PresentedIdentity(
                ClientChain.of(ctx),
                password(ctx),
                digest(ctx),
                ctx.req().getRemoteAddr(),
                RequestIds.of(ctx),
                TlsSession.bindingOf(ctx));
    }

    private static Optional<BasicPassword> password(Context ctx) {
        return switch (BasicCredentials.parse(ctx.header(Header.AUTHORIZATION))) {
            case BasicCredentials.Parsed.Absent() -> Optional.empty();
            case BasicCredentials.Parsed.OtherScheme() -> Optional.empty();
            case BasicCredentials.Parsed.Malformed(var reason) -> throw new MalformedMessageException(reason);
            case BasicCredentials.Parsed.Present(var given) ->
                Optional.of(new BasicPassword(given.user(), Secret.of(given.password())));
        };
    }

    private static Optional<DigestAnswer> digest(Context ctx) {
        return switch (DigestCredentials.parse(ctx.header(Header.AUTHORIZATION))) {
            case DigestCredentials.Parsed.Absent() -> Optional.empty();
            case DigestCredentials.Parsed.Malformed(var reason) -> throw new MalformedMessageException(reason);
            case DigestCredentials.Parsed.Present(var given) -> Optional.of(answer(ctx.req(), given));
        };
    }

    private static DigestAnswer answer(HttpServletRequest request, DigestCredentials given) {
        String query = request.getQueryString();
        String asked = request.getRequestURI() + (query == null ? "" : "?" + query);
        return new DigestAnswer(
                given.user(),
                given.realm(),
                new DigestAnswer.Nonce(given.nonce(), given.nonceCount(), given.clientNonce()),
                new DigestAnswer.Target(request.getMethod(), given.uri(), asked),
                given.response());
    }
}
