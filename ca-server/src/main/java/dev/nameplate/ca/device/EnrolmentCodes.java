package dev.nameplate.ca.device;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every one-time code. Each change is atomic, its event included, and durable when it returns. */
public interface EnrolmentCodes {
    /** @return false, and nothing changed, if there is no such device */
    boolean add(EnrolmentCode code, AuditEvent event);

    /** All codes of a device, cancelled, used and expired ones included, newest first; at most 100. */
    List<EnrolmentCode> of(DeviceId device);

    Optional<EnrolmentCode> find(CodeId id);

    /** At most {@code limit} codes whose id sorts after {@code after}. */
    List<EnrolmentCode> list(Optional<CodeId> after, int limit);

    /** @return false, and nothing changed, if it does not exist, is used or is cancelled already */
    boolean cancel(CodeId id, Instant at, AuditEvent event);
}
