package dev.nameplate.ca.pki;

import java.util.HexFormat;

/** Names one request in its answer, the log and the audit event: 16 hexadecimal digits. */
public record RequestId(String value) {
    private static final int DIGITS = 16;

    public RequestId {
        if (value.length() != DIGITS || !value.chars().allMatch(RequestId::isDigit)) {
            throw new IllegalArgumentException("a request id has 16 hexadecimal digits: " + Text.shown(value));
        }
    }

    public static RequestId of(long value) {
        return new RequestId(HexFormat.of().toHexDigits(value));
    }

    private static boolean isDigit(int letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    }

    @Override
    public String toString() {
        return value;
    }
}
