package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Public keys that the factory read off its units; at most 500 at once. */
record NewKeys(List<ReadKey> units) {
    static final int MOST = 500;

    NewKeys {
        units = List.copyOf(units);
        if (units.size() > MOST) {
            throw new IllegalArgumentException("units are at most " + MOST + " at once");
        }
    }

    /**
     * What was read off one unit.
     *
     * @param key base64 of its SubjectPublicKeyInfo in DER
     */
    record ReadKey(DeviceId unit, String key, Optional<Map<String, String>> attributes) {}
}
