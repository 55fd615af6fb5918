package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.Csr;
import dev.nameplate.est.EnrollRequest;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A certification request in a JSON field, in PEM or base64. */
final class CsrText {
    private CsrText() {}

    /** @throws MalformedCallException naming the field */
    static Csr parse(String field, String text) {
        try {
            Pkcs10 request =
                    EnrollRequest.parse(text.getBytes(StandardCharsets.UTF_8)).csr();
            return new Csr(
                    new PKCS10CertificationRequest(request.der()),
                    request.requestedExtensions(),
                    request.attributeTypes());
        } catch (MalformedMessageException | IOException e) {
            throw MalformedCallException.field(field, field + ": " + e.getMessage());
        }
    }
}
