package dev.nameplate.ca.pki;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names one request in its answer, the log and the audit event: 16 hexadecimal digits. */
public record RequestId(String value) {
    public RequestId {
        if (!value.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a request id has 16 hexadecimal digits: " + Text.shown(value));
        }
    }

    public static RequestId random(SecureRandom random) {
        byte[] octets = new byte[8];
        random.nextBytes(octets);
        return new RequestId(HexFormat.of().formatHex(octets));
    }

    @Override
    public String toString() {
        return value;
    }
}
