package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.RequestId;

/** How a door writes its answers: text for devices, problem details for operators. */
public interface AnswerForm {
    String contentType();

    byte[] body(Answer answer, RequestId request);
}
