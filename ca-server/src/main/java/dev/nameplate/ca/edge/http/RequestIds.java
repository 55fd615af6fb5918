package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.RequestId;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** One id per request: in the answer's header, in the log, and in the audit event of what the request changed. */
public final class RequestIds {
    public static final String HEADER = "X-Request-Id";
    /** The key of the logger's context map. */
    static final String LOG_KEY = "request";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    private final SecureRandom random;

    RequestIds(SecureRandom random) {
        this.random = random;
    }

    public static RequestId of(Context ctx) {
        return (RequestId) ctx.req().getAttribute(ATTRIBUTE);
    }

    /** For raw handlers. */
    public static RequestId of(Request request) {
        return (RequestId) request.getAttribute(ATTRIBUTE);
    }

    static Optional<RequestId> find(Request request) {
        return Optional.ofNullable((RequestId) request.getAttribute(ATTRIBUTE));
    }

    RequestId begin(Request request, Response response) {
        RequestId id = RequestId.random(random);
        request.setAttribute(ATTRIBUTE, id);
        response.getHeaders().put(HEADER, id.value());
        return id;
    }

    RequestId next() {
        return RequestId.random(random);
    }
}
