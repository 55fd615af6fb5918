package dev.nameplate.ca.renewal;

import dev.nameplate.ca.pki.Text;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names a pull: 16 hexadecimal digits. */
public record PullId(String value) {
    private static final int OCTETS = 8;

    public PullId {
        if (!value.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a pull's id has 16 hexadecimal digits: " + Text.shown(value));
        }
    }

    public static PullId random(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return new PullId(HexFormat.of().formatHex(octets));
    }

    @Override
    public String toString() {
        return value;
    }
}
