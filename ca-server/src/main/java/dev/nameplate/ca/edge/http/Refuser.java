package dev.nameplate.ca.edge.http;

import dev.nameplate.est.RetryAfter;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Says no where no handler is reached: at the gate, and in Jetty itself. */
final class Refuser extends ErrorHandler {
    private final AnswerForm form;
    private final Answers answers;
    private final RequestIds ids;

    Refuser(AnswerForm form, Answers answers, RequestIds ids) {
        this.form = form;
        this.answers = answers;
        this.ids = ids;
    }

    void busy(Request request, Response response, Callback callback) {
        refuse(answers.busy(), request, response, callback);
    }

    /** For a request that is not read to its end. */
    void close(Answer answer, Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        refuse(answer, request, response, callback);
    }

    void refuse(Answer answer, Request request, Response response, Callback callback) {
        byte[] body = form.body(answer, RequestIds.of(request));
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, form.contentType());
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        answer.retryAfter().ifPresent(wait -> headers.put(HttpHeader.RETRY_AFTER, RetryAfter.format(wait)));
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** What Jetty itself objects to, requests that it could not parse included. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (RequestIds.find(request).isEmpty()) {
            ids.begin(request, response);
        }
        refuse(new Answer(status, "http", HttpStatus.getMessage(status)), request, response, callback);
        return true;
    }
}
