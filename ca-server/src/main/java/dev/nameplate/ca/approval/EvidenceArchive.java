package dev.nameplate.ca.approval;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.List;

/** The evidence that came with requests: the newest of each. Each change is atomic, and durable when it returns. */
public interface EvidenceArchive {
    /**
     * What came with a request.
     *
     * @param keyHash of the key it is about
     */
    record Kept(RequestFingerprint request, DeviceId device, Sha256 keyHash, Instant receivedAt, Evidence evidence) {}

    /** Changes nothing, and records nothing, if the same came with the same request before. */
    void keep(Kept kept, AuditEvent event);

    /** A device's, the newest first. */
    List<Kept> of(DeviceId device, int limit);
}
