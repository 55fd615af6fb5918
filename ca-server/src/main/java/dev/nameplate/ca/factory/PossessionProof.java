package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.SerialNumber;

/** Proof that a unit signed its nonce with the key of this certificate. Only {@link PossessionCheck} makes one. */
public final class PossessionProof {
    private final DeviceId unit;
    private final SerialNumber serial;

    PossessionProof(DeviceId unit, SerialNumber serial) {
        this.unit = unit;
        this.serial = serial;
    }

    public DeviceId unit() {
        return unit;
    }

    public SerialNumber serial() {
        return serial;
    }
}
