package dev.nameplate.ca.edge.http;

import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.MediaType;
import dev.nameplate.est.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Every header that is interpreted is read or read as nothing: Authorization, Content-Type, Retry-After. */
public final class HeadersFuzz {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private HeadersFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String header = new String(input, StandardCharsets.ISO_8859_1);
        basic(header);
        mediaType(header);
        RetryAfter.parse(header, NOW).filter(Duration::isNegative).ifPresent(wait -> {
            throw new AssertionError("a wait of " + wait);
        });
    }

    private static void basic(String header) {
        if (BasicCredentials.parse(header) instanceof BasicCredentials.Parsed.Present(var given)
                && !given.user().contains("\uFFFD")
                && !BasicCredentials.parse(given.toHeader()).equals(new BasicCredentials.Parsed.Present(given))) {
            throw new AssertionError("other credentials came back");
        }
    }

    private static void mediaType(String header) {
        Optional<MediaType> type = MediaType.parse(header);
        type.flatMap(found -> MediaType.parse(found.type() + "/" + found.subtype()))
                .filter(again -> !again.sameEssence(type.orElseThrow()))
                .ifPresent(again -> {
                    throw new AssertionError("another media type came back: " + again);
                });
    }
}
