package dev.nameplate.ca.edge.est;

import dev.nameplate.est.DigestChallenge;
import dev.nameplate.est.DigestCredentials;
import java.nio.charset.StandardCharsets;

/** Digest in both directions: what a device answers is read or refused with a reason, what a server asks is read or passed over. */
public final class DigestFuzz {
    private DigestFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String header = new String(input, StandardCharsets.ISO_8859_1);
        if (DigestCredentials.parse(header) instanceof DigestCredentials.Parsed.Malformed(var reason)
                && reason.isBlank()) {
            throw new AssertionError("no reason");
        }
        DigestChallenge.parse(header);
    }
}
