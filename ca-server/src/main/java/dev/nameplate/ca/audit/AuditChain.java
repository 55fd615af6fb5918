package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How entries hang together. An entry's hash is the SHA-256 of {@code nameplate-audit-v1} in ASCII, its number in 8 octets (big
 * endian), the 32 octets of the previous hash, and the event as canonical JSON (RFC 8785) with these members:
 *
 * <pre>{"action":"device.registered","actor":"operator:admin","at":"2026-11-21T08:00:00.000Z",
 *  "facts":{},"request":"0123456789abcdef","subject":"device:sensor-17"}</pre>
 *
 * without the line break; {@code at} in UTC with three digits after the second, {@code request} left out where there is none.
 */
public final class AuditChain {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] DOMAIN = "nameplate-audit-v1".getBytes(StandardCharsets.US_ASCII);
    private static final Sha256 BEFORE_THE_FIRST = Sha256.fromOctets(new byte[Sha256.OCTETS]);

    /**
     * The entry for this event.
     *
     * @param last the entry before it, if there is one
     */
    public AuditEntry link(Optional<AuditEntry> last, AuditEvent event) {
        long number = numberAfter(last);
        Sha256 previous = hashBefore(last);
        return new AuditEntry(number, event, previous, hash(number, previous, event));
    }

    /** @return what is wrong with an entry at this place, if anything is */
    Optional<AuditFault> objectionTo(Optional<AuditEntry> last, AuditEntry entry) {
        if (entry.number() != numberAfter(last)) {
            return Optional.of(AuditFault.NUMBER);
        }
        if (!entry.previous().equals(hashBefore(last))) {
            return Optional.of(AuditFault.PREVIOUS);
        }
        Sha256 hash = hash(entry.number(), entry.previous(), entry.event());
        return hash.equals(entry.hash()) ? Optional.empty() : Optional.of(AuditFault.ALTERED);
    }

    static Map<String, Object> members(AuditEvent event) {
        Map<String, Object> members = new HashMap<>();
        members.put("action", event.action());
        members.put("actor", event.actor().value());
        members.put("at", TIME.format(event.at()));
        members.put("facts", event.facts());
        event.request().ifPresent(request -> members.put("request", request.value()));
        members.put("subject", event.subject());
        return members;
    }

    static long numberAfter(Optional<AuditEntry> last) {
        return last.map(AuditEntry::number).orElse(0L) + 1;
    }

    private static Sha256 hashBefore(Optional<AuditEntry> last) {
        return last.map(AuditEntry::hash).orElse(BEFORE_THE_FIRST);
    }

    private static Sha256 hash(long number, Sha256 previous, AuditEvent event) {
        byte[] place = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        return Sha256.of(DOMAIN, place, previous.octets(), CanonicalJson.octets(members(event)));
    }
}
