package dev.nameplate.ca.edge.http;

import dev.nameplate.est.RetryAfter;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Writes what leaves a Javalin handler. */
public final class Replies {
    private Replies() {}

    public static void send(Context ctx, Answer answer, AnswerForm form) {
        answer.retryAfter().ifPresent(wait -> ctx.header(Header.RETRY_AFTER, RetryAfter.format(wait)));
        send(ctx, answer.status(), form.contentType(), form.body(answer, RequestIds.of(ctx)));
    }

    /** For a body that is a secret: written at once, and overwritten when it is. What lies below this process's code, as TLS, has copies. */
    public static void sendSecret(Context ctx, int status, String contentType, byte[] body) {
        try {
            ctx.status(status).contentType(contentType);
            ctx.res().setContentLength(body.length);
            ctx.res().getOutputStream().write(body);
            ctx.res().getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the client went away before it had its answer", e);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /** The content type goes out byte for byte. */
    public static void send(Context ctx, int status, String contentType, byte[] body) {
        ctx.status(status).contentType(contentType).result(body);
    }
}
