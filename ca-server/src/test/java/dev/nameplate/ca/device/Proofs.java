package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Makes proofs for tests of rooms that only hand them on. */
public final class Proofs {
    private Proofs() {}

    public static AuthenticatedDevice device(String id, Credential credential) {
        var device = new Device(new DeviceId(id), Device.State.ACTIVE, Map.of(), Instant.EPOCH);
        return new AuthenticatedDevice(device, credential, Optional.empty());
    }
}
