package dev.nameplate.ca.edge.http;

import dev.nameplate.est.RetryAfter;
import io.javalin.http.Context;
import io.javalin.http.Header;

/** Writes what leaves a Javalin handler. */
public final class Replies {
    private Replies() {}

    public static void send(Context ctx, Answer answer, AnswerForm form) {
        answer.retryAfter().ifPresent(wait -> ctx.header(Header.RETRY_AFTER, RetryAfter.format(wait)));
        send(ctx, answer.status(), form.contentType(), form.body(answer, RequestIds.of(ctx)));
    }

    /** The content type goes out byte for byte. */
    public static void send(Context ctx, int status, String contentType, byte[] body) {
        ctx.status(status).contentType(contentType).result(body);
    }
}
