package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts events into the chain. */
public final class AuditChain {
    private static final byte[] DOMAIN = "nameplate-audit-v1".getBytes(StandardCharsets.US_ASCII);
    private static final Sha256 NOTHING = Sha256.fromOctets(new byte[Sha256.OCTETS]);

    /** The entry of this event after the last one. */
    public AuditEntry link(Optional<AuditEntry> last, AuditEvent event) {
        long number = last.map(AuditEntry::number).orElse(0L) + 1;
        Sha256 previous = last.map(AuditEntry::hash).orElse(NOTHING);
        byte[] counted = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        byte[] canonical = event.toString().getBytes(StandardCharsets.UTF_8);
        return new AuditEntry(number, event, previous, Sha256.of(DOMAIN, counted, previous.octets(), canonical));
    }
}
