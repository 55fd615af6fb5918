package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.SerialNumber;
import java.util.Arrays;

/** What a unit is said to have signed with the key of this certificate; not checked. */
public record UnitSignature(BatchName batch, DeviceId unit, SerialNumber serial, byte[] signature) {
    public UnitSignature {
        signature = signature.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitSignature that
                && batch.equals(that.batch)
                && unit.equals(that.unit)
                && serial.equals(that.serial)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "UnitSignature[" + unit + "]";
    }
}
