package dev.nameplate.ca.ocsp;

/** Why there is no answer (RFC 6960, 4.2.1); anybody could forge these, and clients take them for no answer. */
public enum OcspError {
    MALFORMED_REQUEST(1),
    INTERNAL_ERROR(2),

    /** The token or the database is away, or there is too much to do. */
    TRY_LATER(3),

    /** This responder does not speak for the issuer (RFC 9919, 3.2.3). */
    UNAUTHORIZED(6);

    private final int code;

    OcspError(int code) {
        this.code = code;
    }

    /** The OCSPResponse in DER: its responseStatus and nothing else. */
    public byte[] octets() {
        return new byte[] {0x30, 0x03, 0x0a, 0x01, (byte) code};
    }
}
