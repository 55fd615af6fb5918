package dev.nameplate.ca.revocation;

import java.security.SecureRandom;
import java.util.HexFormat;

/** One process, from its start to its end: 16 hexadecimal digits. */
public record NodeId(String value) {
    private static final int OCTETS = 8;

    public NodeId {
        if (!value.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a node's id is not 16 lower-case hexadecimal digits: " + value);
        }
    }

    public static NodeId random(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return new NodeId(HexFormat.of().formatHex(octets));
    }

    @Override
    public String toString() {
        return value;
    }
}
