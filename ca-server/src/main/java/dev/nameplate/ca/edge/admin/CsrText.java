package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.edge.http.Requests;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.est.EnrollRequest;
import dev.nameplate.est.MalformedMessageException;
import java.nio.charset.StandardCharsets;

/** A certification request in a JSON field, in PEM or base64. */
final class CsrText {
    private CsrText() {}

    /** @throws MalformedCallException naming the field */
    static Csr parse(String field, String text) {
        try {
            return Requests.csr(
                    EnrollRequest.parse(text.getBytes(StandardCharsets.UTF_8)).csr());
        } catch (MalformedMessageException e) {
            throw MalformedCallException.field(field, field + ": " + e.getMessage());
        }
    }
}
