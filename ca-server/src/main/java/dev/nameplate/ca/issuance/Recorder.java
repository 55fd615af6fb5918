package dev.nameplate.ca.issuance;

import dev.nameplate.ca.audit.AuditEvent;
import java.util.Optional;

/** Where an issuer leaves what it signed, before anybody else sees it. Each change is atomic, and durable when it returns. */
public interface Recorder {
    /**
     * Records the certificate, its key's holder, and the use of whatever paid for it, or nothing at all. The event is recorded
     * exactly if the outcome is {@link Recording.Recorded}.
     *
     * @throws SerialTakenException if this issuer generation ever used this serial, by any process
     */
    Recording record(NewCertificate certificate, AuditEvent event);

    /** The newest certificate recorded for this very request. */
    Optional<IssuedCertificate> recordedFor(RequestFingerprint request);
}
