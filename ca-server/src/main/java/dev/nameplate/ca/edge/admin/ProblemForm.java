package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.edge.http.AnswerForm;
import dev.nameplate.ca.pki.RequestId;

/** The operator door says no in problem details (RFC 9457). */
public final class ProblemForm implements AnswerForm {
    static final String CONTENT_TYPE = "application/problem+json";
    private final ApiJson json = new ApiJson();

    @Override
    public String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public byte[] body(Answer answer, RequestId request) {
        return json.write(Problem.of(answer, request));
    }
}
