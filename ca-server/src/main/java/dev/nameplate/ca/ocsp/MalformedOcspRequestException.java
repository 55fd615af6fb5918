package dev.nameplate.ca.ocsp;

/** These octets are no OCSP request (RFC 6960, 4.1.1), or more than one may ask. */
public final class MalformedOcspRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedOcspRequestException(String message) {
        super(message);
    }
}
