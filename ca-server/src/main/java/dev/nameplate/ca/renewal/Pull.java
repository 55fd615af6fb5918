package dev.nameplate.ca.renewal;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.device.KnownCertificate;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cohort whose renewal is pulled forward. It is about certificates issued before it was made, so that their successors are not
 * renewed again and again.
 *
 * @param cancelled by whom and when; then it says nothing any more
 */
public record Pull(PullId id, Selector selector, Window window, Why why, Word made, Optional<Word> cancelled) {
    private static final int LONGEST_REASON = 200;

    /** What devices are told, which is public. */
    public record Why(String reason, Optional<URI> explanation) {
        public Why {
            if (reason.isBlank() || reason.length() > LONGEST_REASON || !reason.matches("\\P{Cntrl}*")) {
                throw new IllegalArgumentException("reason is not one line of 1 to " + LONGEST_REASON + " characters");
            }
            explanation.ifPresent(Why::check);
        }

        private static void check(URI uri) {
            if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                throw new IllegalArgumentException("explanation is not an https or http URL: " + uri);
            }
        }
    }

    /** Somebody's word, and when it was given. */
    public record Word(Actor by, Instant at) {}

    /** Whether this certificate is to be renewed in the window. */
    public boolean concerns(KnownCertificate certificate) {
        return cancelled.isEmpty() && !certificate.issuedAt().isAfter(made.at()) && selector.has(certificate);
    }

    Pull cancelledBy(Word word) {
        return new Pull(id, selector, window, why, made, Optional.of(word));
    }

    /** For the audit trail. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(selector.words());
        facts.put("start", window.start().toString());
        facts.put("end", window.end().toString());
        facts.put("reason", why.reason());
        return facts;
    }
}
