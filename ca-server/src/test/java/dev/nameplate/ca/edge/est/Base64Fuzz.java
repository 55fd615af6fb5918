package dev.nameplate.ca.edge.est;

import dev.nameplate.est.EstBase64;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.MessageBody;
import dev.nameplate.est.Wrapping;
import java.util.Arrays;

/** A body is base64, PEM or DER, or malformed; what was read is written and read again as the same octets. */
public final class Base64Fuzz {
    /** Of messages; the base64 of some other octets begins like a message in DER. */
    private static final int SEQUENCE = 0x30;

    private Base64Fuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            MessageBody body = EstBase64.decode(input);
            if (body.content()[0] == SEQUENCE) {
                requireSameAgain(body.content());
            }
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }

    private static void requireSameAgain(byte[] content) {
        for (Wrapping wrapping : Wrapping.values()) {
            MessageBody again = EstBase64.decode(EstBase64.encode(content, wrapping));
            if (!Arrays.equals(again.content(), content)) {
                throw new AssertionError("other octets came back");
            }
        }
    }
}
