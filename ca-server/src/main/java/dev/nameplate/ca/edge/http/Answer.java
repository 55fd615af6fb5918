package dev.nameplate.ca.edge.http;

import java.time.Duration;
import java.util.Optional;

/**
 * What somebody is told who does not get what they asked for.
 *
 * @param status of HTTP
 * @param type a stable name, lower-case words with dashes
 * @param text one line: what was wrong and what would be right
 * @param field of an operator's request, the one that is wrong
 * @param retryAfter when the same request may do better, in whole seconds
 */
public record Answer(int status, String type, String text, Optional<String> field, Optional<Duration> retryAfter) {
    public Answer {
        text = text.replaceAll("[\\x00-\\x1f\\x7f]+", " ");
    }

    public Answer(int status, String type, String text) {
        this(status, type, text, Optional.empty(), Optional.empty());
    }

    Answer at(String field) {
        return new Answer(status, type, text, Optional.of(field), retryAfter);
    }

    Answer after(Duration wait) {
        return new Answer(status, type, text, field, Optional.of(wait));
    }
}
