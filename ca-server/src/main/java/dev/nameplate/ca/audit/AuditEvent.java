package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.RequestId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that changed.
 *
 * <p>Subject and facts may hold a stranger's words. So that an event can always be recorded, and read back as it was hashed,
 * they are cut at 1000 characters, and what no database holds (control characters, halves of surrogate pairs) becomes U+FFFD.
 *
 * @param at kept to the millisecond
 * @param action what happened, as in {@code certificate.issued}
 * @param subject what it happened to, as in {@code device:sensor-17}
 * @param request the request that caused it, if one did
 * @param facts short values by name, sorted; never a secret
 */
public record AuditEvent(
        Instant at,
        String action,
        Actor actor,
        String subject,
        Optional<RequestId> request,
        Map<String, String> facts) {
    private static final Pattern ACTION = Pattern.compile("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*");
    private static final int MAX_TEXT = 1000;
    private static final int REPLACEMENT = 0xFFFD;

    public AuditEvent {
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("an action is written room.what-happened: " + action);
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
        subject = storable(subject);
        facts = storable(facts);
    }

    private static Map<String, String> storable(Map<String, String> facts) {
        Map<String, String> kept = new TreeMap<>();
        facts.forEach((name, value) -> kept.put(storable(name), storable(value)));
        return Collections.unmodifiableMap(kept);
    }

    private static String storable(String text) {
        String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) || isHalfOfAPair(c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHalfOfAPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
