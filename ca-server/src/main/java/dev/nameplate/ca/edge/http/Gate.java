package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.RequestId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.MDC;

/**
 * What every request passes first: it gets its id, its path and size are checked, its body is read whole, and it takes one
 * of the places for requests in work. Slow senders wait outside, so they take no place.
 */
final class Gate extends Handler.Wrapper {
    /** How much of a body that is too large is read and dropped: most senders read the answer only once they sent it all. */
    private static final long MAX_DROPPED = 32L * 1024 * 1024;

    /** A body up to this size that came with its header is read at once, by the thread that read the header. */
    private static final int SMALL_BODY = 8 * 1024;

    private static final byte[] NOTHING = {};

    private final RequestLimits limits;
    private final Predicate<String> opaque;
    private final Semaphore places;
    private final RequestClock clock;
    private final Refuser refuser;
    private final RequestIds ids;
    private final Executor virtualThreads = VirtualThreads.getDefaultVirtualThreadsExecutor();

    /** @param opaque which paths, as they are sent, are data and no names: nothing in them is ambiguous */
    record Terms(DoorSettings settings, Predicate<String> opaque) {}

    Gate(Handler handler, Terms terms, RequestClock clock, Refuser refuser, RequestIds ids) {
        super(handler);
        this.limits = terms.settings().requests();
        this.opaque = terms.opaque();
        this.places = new Semaphore(terms.settings().connections().maxConcurrentRequests());
        this.clock = clock;
        this.refuser = refuser;
        this.ids = ids;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        RequestId id = ids.begin(request, response);
        Connection connection = request.getConnectionMetaData().getConnection();
        clock.headerArrived(connection);
        Request.addCompletionListener(request, failure -> clock.answered(connection));
        Optional<Answer> objection = objectionTo(request);
        if (objection.isPresent()) {
            refuser.close(objection.get(), request, response, callback);
            return true;
        }
        if (!hasBody(request)) {
            return work(request, response, callback, id);
        }
        if (VirtualThreads.isVirtualThread()) {
            return receive(request, NOTHING, response, callback);
        }
        byte[] begun = isSmall(request) && !waits() ? begun(request) : NOTHING;
        if (begun.length > 0 && begun.length == request.getLength()) {
            return work(new ArrivedRequest(request, begun), response, callback, id);
        }
        virtualThreads.execute(() -> receiveApart(request, begun, response, callback));
        return true;
    }

    /** Whether what is behind the gate may keep the thread. */
    private boolean waits() {
        return Invocable.getInvocationType(getHandler()) != Invocable.InvocationType.NON_BLOCKING;
    }

    private boolean isSmall(Request request) {
        return request.getLength() <= Math.min(SMALL_BODY, limits.maxBodyBytes());
    }

    /** What of the body came together with the header. */
    private static byte[] begun(Request request) {
        Content.Chunk chunk = request.read();
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
            return NOTHING; // whoever reads on finds the failure again
        }
        byte[] octets = new byte[chunk.remaining()];
        chunk.get(octets, 0, octets.length);
        chunk.release();
        return octets;
    }

    private Optional<Answer> objectionTo(Request request) {
        String path = request.getHttpURI().getPathQuery();
        if (path != null && path.length() > limits.maxPathBytes()) {
            return Optional.of(
                    new Answer(414, "path-too-long", "the path has more than " + limits.maxPathBytes() + " octets"));
        }
        if (path == null || (request.getHttpURI().hasViolations() && !opaque.test(path))) {
            return Optional.of(new Answer(
                    404, "path-ambiguous", "nothing is here: the path has empty, dot or wrongly encoded segments"));
        }
        return Optional.empty();
    }

    private static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    private void receiveApart(Request request, byte[] begun, Response response, Callback callback) {
        try {
            if (!receive(request, begun, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    private boolean receive(Request request, byte[] begun, Response response, Callback callback) throws Exception {
        InputStream arriving =
                new SequenceInputStream(new ByteArrayInputStream(begun), Content.Source.asInputStream(request));
        if (request.getLength() > limits.maxBodyBytes()) {
            return tooLarge(arriving, request, response, callback);
        }
        byte[] body = arriving.readNBytes(limits.maxBodyBytes() + 1);
        if (body.length > limits.maxBodyBytes()) {
            return tooLarge(arriving, request, response, callback);
        }
        return work(new ArrivedRequest(request, body), response, callback, RequestIds.of(request));
    }

    private boolean tooLarge(InputStream rest, Request request, Response response, Callback callback)
            throws IOException {
        // Who asked first (Expect: 100-continue) has not sent it, and need not. The clock bounds the time this takes.
        if (!request.getHeaders().contains(HttpHeader.EXPECT)) {
            rest.skip(MAX_DROPPED);
        }
        String text = "the body has more than " + limits.maxBodyBytes() + " octets, which is the limit";
        refuser.close(new Answer(413, "body-too-large", text), request, response, callback);
        return true;
    }

    private boolean work(Request request, Response response, Callback callback, RequestId id) throws Exception {
        clock.requestArrived(request.getConnectionMetaData().getConnection());
        if (!places.tryAcquire()) {
            refuser.busy(request, response, callback);
            return true;
        }
        Request.addCompletionListener(request, failure -> places.release());
        MDC.put(RequestIds.LOG_KEY, id.value());
        try {
            return super.handle(request, response, callback);
        } finally {
            MDC.remove(RequestIds.LOG_KEY);
        }
    }
}
