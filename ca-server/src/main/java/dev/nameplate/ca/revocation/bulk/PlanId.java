package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.pki.Text;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names a plan: 16 hexadecimal digits. */
public record PlanId(String value) {
    private static final int OCTETS = 8;

    public PlanId {
        if (!value.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a plan's id has 16 hexadecimal digits: " + Text.shown(value));
        }
    }

    public static PlanId random(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return new PlanId(HexFormat.of().formatHex(octets));
    }

    @Override
    public String toString() {
        return value;
    }
}
