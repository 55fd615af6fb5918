package dev.nameplate.ca.approval;

import dev.nameplate.ca.pki.Text;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names a request that waits: 16 hexadecimal digits. */
public record PendingId(String value) {
    private static final int OCTETS = 8;

    public PendingId {
        if (!value.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("the id of what waits has 16 hexadecimal digits: " + Text.shown(value));
        }
    }

    static PendingId random(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return new PendingId(HexFormat.of().formatHex(octets));
    }

    @Override
    public String toString() {
        return value;
    }
}
