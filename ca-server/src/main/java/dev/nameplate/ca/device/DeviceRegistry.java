package dev.nameplate.ca.device;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.DeviceId;
import java.util.List;
import java.util.Optional;

/** Every device this CA knows. Each change is atomic, its event included, and durable when it returns. */
public interface DeviceRegistry {
    /** @return false, and nothing changed, if the id is taken */
    boolean register(Device device, AuditEvent event);

    Optional<Device> find(DeviceId id);

    /** At most {@code limit} devices whose id sorts after {@code after} (octet order), in that order. */
    List<Device> list(Optional<DeviceId> after, int limit);
}
