package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.Map;

/** A device as the API shows it. */
record DeviceView(DeviceId id, Device.State state, Map<String, String> attributes, Instant registeredAt) {
    static DeviceView of(Device device) {
        return new DeviceView(device.id(), device.state(), device.attributes(), device.registeredAt());
    }
}
