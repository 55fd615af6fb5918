package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.RequestId;
import java.nio.charset.StandardCharsets;

/** One line of text (RFC 7030, 4.2.3; RFC 8951, 5). */
public final class PlainText implements AnswerForm {
    @Override
    public String contentType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public byte[] body(Answer answer, RequestId request) {
        return (answer.text() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
