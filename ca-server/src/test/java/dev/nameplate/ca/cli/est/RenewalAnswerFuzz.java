package dev.nameplate.ca.cli.est;

import dev.nameplate.est.MalformedMessageException;
import java.time.Instant;
import java.util.Optional;

/** What a server says of a renewal is read, or is no such answer. */
public final class RenewalAnswerFuzz {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private RenewalAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            RenewalAdvice.parse(input, Optional.empty()).facts(NOW);
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }
}
