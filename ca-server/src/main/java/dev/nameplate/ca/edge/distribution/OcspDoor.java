package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.edge.http.RequestIds;
import dev.nameplate.ca.edge.http.Voice;
import dev.nameplate.ca.ocsp.MalformedOcspRequestException;
import dev.nameplate.ca.ocsp.OcspAnswer;
import dev.nameplate.ca.ocsp.OcspError;
import dev.nameplate.ca.ocsp.OcspRequest;
import dev.nameplate.ca.ocsp.OcspResponder;
import dev.nameplate.ca.ocsp.SignedAnswer;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.RetryAfter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /ocsp} (RFC 6960, A.1): POST, and GET with the request in the path. Answers at hand leave on the thread that read the
 * request, the others are made apart. OCSP's own errors are answers of HTTP's 200 (A.2): clients read no other.
 */
public final class OcspDoor implements Section {
    private static final Logger LOG = LoggerFactory.getLogger(OcspDoor.class);
    private static final String REQUEST_TYPE = "application/ocsp-request";
    private static final HttpField ANSWER_TYPE =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/ocsp-response");
    private static final HttpField KEEP_NOTHING = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final byte[] NOTHING = {};

    private final OcspResponder responder;
    private final OcspHeaders caching;
    private final Voice voice;
    private final InstantSource clock;
    private final Executor apart;

    /** @param apart runs what may wait for the database or the token */
    public OcspDoor(OcspResponder responder, Duration maxAge, Voice voice, InstantSource clock, Executor apart) {
        this.responder = responder;
        this.caching = new OcspHeaders(maxAge);
        this.voice = voice;
        this.clock = clock;
        this.apart = apart;
    }

    /** One request, with what goes back to whoever sent it. */
    private record Exchange(Request request, Response response, Callback callback) {
        boolean reads() {
            return !request.getMethod().equals("POST");
        }
    }

    static boolean isAt(String path) {
        return path.startsWith(OcspPath.PREFIX) || path.equals(OcspPath.BARE);
    }

    @Override
    public void answer(String path, Request request, Response response, Callback callback) {
        var exchange = new Exchange(request, response, callback);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> get(exchange);
            case "POST" -> post(exchange);
            default -> {
                response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST");
                tell(exchange, HttpStatus.METHOD_NOT_ALLOWED_405, "this is for GET, HEAD and POST alone");
            }
        }
    }

    private void get(Exchange exchange) {
        byte[] der;
        try {
            der = OcspPath.requestIn(exchange.request().getHttpURI().getPath());
        } catch (MalformedMessageException e) {
            responder.deny(OcspError.MALFORMED_REQUEST);
            tell(exchange, HttpStatus.BAD_REQUEST_400, String.valueOf(e.getMessage()));
            return;
        }
        answer(exchange, der);
    }

    private void post(Exchange exchange) {
        String type = exchange.request().getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || type.regionMatches(true, 0, REQUEST_TYPE, 0, REQUEST_TYPE.length())) {
            answer(exchange, body(exchange.request()));
        } else {
            tell(exchange, HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "the content type is not " + REQUEST_TYPE);
        }
    }

    private void answer(Exchange exchange, byte[] der) {
        OcspRequest asked;
        try {
            asked = OcspRequest.parse(der);
        } catch (MalformedOcspRequestException e) {
            LOG.debug("request {}: {}", RequestIds.of(exchange.request()), e.getMessage());
            send(exchange, responder.deny(OcspError.MALFORMED_REQUEST));
            return;
        }
        Optional<SignedAnswer> atHand = responder.atHand(asked);
        if (atHand.isPresent()) {
            send(exchange, atHand.get());
        } else {
            apart.execute(() -> answerApart(exchange, asked));
        }
    }

    private void answerApart(Exchange exchange, OcspRequest asked) {
        OcspAnswer answer;
        try {
            answer = responder.answer(asked);
        } catch (RuntimeException e) {
            answer = responder.deny(told(exchange, e));
        }
        send(exchange, answer);
    }

    /** The world is broken, or we are. */
    private OcspError told(Exchange exchange, RuntimeException problem) {
        RequestId id = RequestIds.of(exchange.request());
        Answer answer = voice.answers().to(problem, id);
        if (answer.status() != HttpStatus.SERVICE_UNAVAILABLE_503) {
            LOG.error("request {} failed", id, problem);
            return OcspError.INTERNAL_ERROR;
        }
        LOG.warn("request {}: {}", id, problem.getMessage());
        answer.retryAfter()
                .ifPresent(
                        wait -> exchange.response().getHeaders().put(HttpHeader.RETRY_AFTER, RetryAfter.format(wait)));
        return OcspError.TRY_LATER;
    }

    private void send(Exchange exchange, OcspAnswer answer) {
        switch (answer) {
            case OcspAnswer.Said(var signed) -> send(exchange, signed);
            case OcspAnswer.Denied(var error) -> {
                exchange.response().getHeaders().put(KEEP_NOTHING);
                write(exchange, ANSWER_TYPE, ByteBuffer.wrap(error.octets()));
            }
        }
    }

    private void send(Exchange exchange, SignedAnswer answer) {
        if (exchange.reads()) {
            caching.addTo(exchange.response().getHeaders(), answer, clock.millis());
            if (answer.use() == SignedAnswer.Use.ALL
                    && OcspHeaders.has(exchange.request().getHeaders(), answer)) {
                exchange.response().setStatus(HttpStatus.NOT_MODIFIED_304);
                exchange.callback().succeeded();
                return;
            }
        }
        write(exchange, ANSWER_TYPE, answer.octets());
    }

    private static void tell(Exchange exchange, int status, String text) {
        Texts.tell(exchange.response(), exchange.callback(), status, text);
    }

    private static void write(Exchange exchange, HttpField type, ByteBuffer body) {
        exchange.response().getHeaders().put(type);
        exchange.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        exchange.response().write(true, body, exchange.callback());
    }

    /** The gate read it whole. */
    private static byte[] body(Request request) {
        Content.Chunk chunk = request.read();
        if (chunk == null || !chunk.hasRemaining()) {
            return NOTHING;
        }
        byte[] body = new byte[chunk.remaining()];
        chunk.get(body, 0, body.length);
        chunk.release();
        return body;
    }
}
