package dev.nameplate.ca.cli.est;

import dev.nameplate.est.CmcQuery;
import dev.nameplate.est.CmcReply;
import dev.nameplate.est.MalformedMessageException;
import java.security.SecureRandom;

/** What a server sends as CMC is an answer, or malformed; nothing of it that was done is taken for the answer to a new request. */
public final class CmcAnswerFuzz {
    private static final CmcQuery QUERY = new CmcQuery(new SecureRandom());

    private CmcAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            CmcReply reply = CmcReply.parse(input);
            if (reply.signer().isPresent() && reply.isSuccess() && reply.answers(QUERY)) {
                throw new AssertionError("an old answer was taken for the one to a new request");
            }
            if (reply.words().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("control characters reach the screen");
            }
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }
}
