package dev.nameplate.ca.edge.distribution;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers of one line. */
final class Texts {
    private Texts() {}

    static void notFound(Response response, Callback callback, String text) {
        tell(response, callback, HttpStatus.NOT_FOUND_404, text);
    }

    /** @return whether it was refused because it does not just read */
    static boolean refusesWriting(Request request, Response response, Callback callback) {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            return false;
        }
        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        tell(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "this is for GET and HEAD alone");
        return true;
    }

    static void tell(Response response, Callback callback, int status, String text) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
