package dev.nameplate.est;

import java.util.Objects;

/**
 * The body of a simpleenroll, simplereenroll or serverkeygen request (RFC 7030, 4.2.1): one PKCS#10 in base64.
 *
 * @param form how the body came, to be answered alike
 */
public record EnrollRequest(Pkcs10 csr, BodyForm form) {
    public EnrollRequest {
        Objects.requireNonNull(csr);
        Objects.requireNonNull(form);
    }

    /** @throws MalformedMessageException if the body is anything but one well-formed certification request */
    public static EnrollRequest parse(byte[] body) {
        MessageBody decoded = EstBase64.decode(body);
        return new EnrollRequest(Pkcs10.parse(decoded.contentInPlace()), decoded.form());
    }
}
