package dev.nameplate.ca.config;

import dev.nameplate.hsm.KeyUri;
import java.nio.charset.StandardCharsets;

/** The name of a key in a token (RFC 7512) is one, and comes back as the same; or it is refused. */
public final class KeyUriFuzz {
    private KeyUriFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        KeyUri uri;
        try {
            uri = KeyUri.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return; // the one way to say no
        }
        if (!KeyUri.parse(uri.toString()).equals(uri)) {
            throw new AssertionError("another key came back: " + uri);
        }
    }
}
