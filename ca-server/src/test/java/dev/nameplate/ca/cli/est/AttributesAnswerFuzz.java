package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.fuzz.Reading;
import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.MalformedMessageException;

/** What a server sends as CSR attributes is read, or malformed; what was read is written and read again as the same. */
public final class AttributesAnswerFuzz {
    private AttributesAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            CsrAttributes asked = EstAnswers.csrAttributes(EstMediaTypes.CSR_ATTRIBUTES, input);
            Reading.whole(asked);
            CsrAttributes again = CsrAttributes.parse(asked.encode());
            if (!again.types().equals(asked.types()) || !again.key().equals(asked.key())) {
                throw new AssertionError("other attributes came back");
            }
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }
}
