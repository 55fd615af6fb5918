package dev.nameplate.ca.revocation;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish about a device. */
public sealed interface DeviceRevocation {
    /**
     * It is so, now or already.
     *
     * @param certificates how many of its certificates stand elsewhere than before
     */
    record Done(Device device, int certificates) implements DeviceRevocation {}

    record Refused(Refusal refusal) implements DeviceRevocation {}
}
