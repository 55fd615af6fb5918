package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.pki.DeviceId;
import java.util.Optional;

/** Secrets that devices and the CA have in common (RFC 7030, 4.4.1.1). */
@FunctionalInterface
public interface DeviceSecrets {
    /**
     * The secret of this device with this id.
     *
     * @param id hexadecimal, in lower case
     * @return an AES key of 16, 24 or 32 octets, for the caller to overwrite
     */
    Optional<byte[]> find(DeviceId device, String id);
}
