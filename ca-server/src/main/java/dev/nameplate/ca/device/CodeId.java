package dev.nameplate.ca.device;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names an enrolment code without revealing it: 16 hexadecimal digits. */
public record CodeId(String value) {
    public CodeId {
        if (!value.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a code id has 16 hexadecimal digits");
        }
    }

    public static CodeId random(SecureRandom random) {
        byte[] octets = new byte[8];
        random.nextBytes(octets);
        return new CodeId(HexFormat.of().formatHex(octets));
    }

    @Override
    public String toString() {
        return value;
    }
}
