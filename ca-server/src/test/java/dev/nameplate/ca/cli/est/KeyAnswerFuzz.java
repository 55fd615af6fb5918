package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.testkit.Recipe;
import dev.nameplate.est.DeliveredKey;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.OpenedKey;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Arrays;

/** A multipart answer, its Content-Type in the first line, is a key and a certificate, or malformed; so is a sealed key. */
public final class KeyAnswerFuzz {
    private static final PrivateKey KEY =
            Recipe.leaf("CN=sensor-17").selfSigned().keys().getPrivate();

    private KeyAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        try {
            DeliveredKey delivered = DeliveredKey.parse(
                    new String(input, 0, end, StandardCharsets.ISO_8859_1),
                    Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
            if (delivered.sealed()) {
                OpenedKey.open(delivered.key(), KEY);
            }
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }
}
