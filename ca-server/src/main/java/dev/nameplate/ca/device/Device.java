package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A registered device.
 *
 * @param attributes what profiles' templates may use, by name ({@code [a-z][a-z0-9-]{0,31}}), values of 1 to 256 characters
 */
public record Device(DeviceId id, State state, Map<String, String> attributes, Instant registeredAt) {
    private static final int MAX_ATTRIBUTES = 32;
    private static final int MAX_VALUE = 256;

    /** Only an active device enrols. Holding can be undone, decommissioning cannot. */
    public enum State {
        ACTIVE,
        HELD,
        DECOMMISSIONED
    }

    public Device {
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("a device has at most " + MAX_ATTRIBUTES + " attributes");
        }
        attributes.forEach(Device::check);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    private static void check(String name, String value) {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "attribute name is not 1 to 32 lower-case letters, digits and -: " + name);
        }
        if (value.isEmpty() || value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "attribute " + name + " does not have 1 to " + MAX_VALUE + " characters");
        }
    }
}
