package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.pki.RequestId;
import java.util.Optional;

/**
 * A problem as RFC 9457 writes it.
 *
 * @param type the same for the same kind of refusal, for ever
 * @param field the parameter, or the path of the JSON field, that is wrong
 * @param requestId also in the log, and in the audit event if there is one
 */
record Problem(String type, String title, int status, String detail, Optional<String> field, RequestId requestId) {
    static final String TYPES = "urn:nameplate:refusal:";

    static Problem of(Answer answer, RequestId request) {
        return new Problem(
                TYPES + answer.type(), title(answer.type()), answer.status(), answer.text(), answer.field(), request);
    }

    private static String title(String type) {
        return Character.toUpperCase(type.charAt(0)) + type.substring(1).replace('-', ' ');
    }
}
