package dev.nameplate.ca.edge.distribution;

import dev.nameplate.est.MalformedMessageException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A path holds a request, or is malformed; whatever octets are put into a path come out of it. */
public final class OcspPathFuzz {
    private OcspPathFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String path = OcspPath.PREFIX + new String(input, StandardCharsets.ISO_8859_1);
        if (OcspPath.isOne(path)) {
            try {
                OcspPath.requestIn(path);
            } catch (MalformedMessageException _) {
                // the one way to say no
            }
        }
        // A request is a SEQUENCE, so its base64 begins with M and not with a slash.
        if (input.length > 0 && input[0] == 0x30) {
            requireSame(input, OcspPath.PREFIX + Base64.getEncoder().encodeToString(input));
            requireSame(input, OcspPath.PREFIX + Base64.getUrlEncoder().encodeToString(input));
            String base64 = Base64.getEncoder().encodeToString(input);
            requireSame(input, OcspPath.PREFIX + URLEncoder.encode(base64, StandardCharsets.UTF_8));
        }
    }

    private static void requireSame(byte[] request, String path) {
        if (!Arrays.equals(OcspPath.requestIn(path), request)) {
            throw new AssertionError("another request came out of " + path);
        }
    }
}
