package dev.nameplate.ca.cli.est;

import dev.nameplate.est.MalformedMessageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * When a certificate is to be renewed, shaped as RFC 9773, 4.2 has it.
 *
 * @param askAgain after which to ask for it anew
 */
public record RenewalAdvice(
        Instant start,
        Instant end,
        Optional<String> reason,
        Optional<String> explanation,
        Optional<Duration> askAgain) {
    private static final int MAX_TEXT = 400;

    public RenewalAdvice {
        if (!start.isBefore(end)) {
            throw new MalformedMessageException("suggestedWindow ends at " + end + ", not after its start " + start);
        }
    }

    /** @throws MalformedMessageException if this is no such answer */
    static RenewalAdvice parse(byte[] json, Optional<Duration> askAgain) {
        JsonNode answer = tree(json);
        JsonNode window = answer.path("suggestedWindow");
        return new RenewalAdvice(
                time(window, "start"),
                time(window, "end"),
                text(answer, "reason"),
                text(answer, "explanationURL"),
                askAgain);
    }

    /** For programs. */
    Map<String, Object> facts(Instant now) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("start", start.toString());
        facts.put("end", end.toString());
        facts.put("due", isDue(now));
        reason.ifPresent(text -> facts.put("reason", text));
        explanation.ifPresent(url -> facts.put("explanationURL", url));
        askAgain.ifPresent(wait -> facts.put("askAgainInSeconds", wait.toSeconds()));
        return facts;
    }

    /** Whether the time to renew has come. */
    boolean isDue(Instant now) {
        return !now.isBefore(start);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw new MalformedMessageException("not JSON", e);
        }
    }

    private static Instant time(JsonNode window, String name) {
        JsonNode value = window.path(name);
        try {
            return OffsetDateTime.parse(value.isString() ? value.stringValue() : "")
                    .toInstant();
        } catch (DateTimeException e) {
            throw new MalformedMessageException(
                    "suggestedWindow." + name + " is no time as in 2027-09-01T06:00:00Z", e);
        }
    }

    /** In one line, since it goes to a screen. */
    private static Optional<String> text(JsonNode answer, String name) {
        JsonNode value = answer.path(name);
        return value.isString()
                ? Optional.of(value.stringValue().replaceAll("\\p{Cntrl}+", " ").strip())
                        .map(line -> line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "..." : line)
                : Optional.empty();
    }
}
