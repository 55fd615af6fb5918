package dev.nameplate.ca.factory;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Map;
import java.util.Optional;

/**
 * Which unit somebody wants something for.
 *
 * @param attributes of the device, for the profile's templates, should it not be registered yet
 */
public record UnitWish(BatchName batch, DeviceId unit, Map<String, String> attributes) {
    private static final int ATTRIBUTES_OF_THE_ORDER = 2;
    private static final int MOST_ATTRIBUTES = 32 - ATTRIBUTES_OF_THE_ORDER;

    public UnitWish {
        attributes = Map.copyOf(attributes);
    }

    Optional<Refusal> objection() {
        Optional<String> why = attributes.size() > MOST_ATTRIBUTES
                ? Optional.of("a unit has at most " + MOST_ATTRIBUTES + " attributes")
                : Device.objectionTo(attributes);
        return why.map(wrong -> new Refusal.FieldWrong("attributes", wrong));
    }
}
