package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.RequestId;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** One id per request: in the answer's header, in the log, and in the audit event of what the request changed. */
public final class RequestIds {
    public static final String HEADER = "X-Request-Id";
    /** The key of the logger's context map. */
    static final String LOG_KEY = "request";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    /** Odd, so that every number comes once in 2^64, and far from its neighbours. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final AtomicLong next;

    /** @param random where the ids begin; they are told apart by them, and nothing is kept secret */
    RequestIds(RandomGenerator random) {
        this.next = new AtomicLong(random.nextLong());
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
        RequestId id = next();
        request.setAttribute(ATTRIBUTE, id);
        response.getHeaders().put(HEADER, id.value());
        return id;
    }

    RequestId next() {
        return RequestId.of(mixed(next.getAndAdd(STEP)));
    }

    /** As SplittableRandom mixes: two ids in a row do not look alike. */
    private static long mixed(long value) {
        long half = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long whole = (half ^ (half >>> 27)) * 0x94d049bb133111ebL;
        return whole ^ (whole >>> 31);
    }
}
