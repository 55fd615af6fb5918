package dev.nameplate.ca.factory;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the records say where a batch and a unit meet.
 *
 * @param unit as recorded, whichever batch it is in
 * @param device of the unit's id, if one is registered
 * @param listed whether the order's own list has the id
 */
public record UnitFacts(Batch batch, DeviceId id, Optional<Unit> unit, Optional<Device> device, boolean listed) {
    /** Why this unit can never be of this batch. */
    Optional<Refusal> objectionToUnit() {
        Optional<Refusal> elsewhere = unit.filter(known -> !known.batch().equals(batch.name()))
                .map(known -> new Refusal.UnitElsewhere(id, "batch " + known.batch()));
        if (elsewhere.isPresent() || unit.isPresent()) {
            return elsewhere;
        }
        return switch (batch.order().serials()) {
            case Serials.Any() -> Optional.empty();
            case Serials.Listed() -> listed ? Optional.empty() : refused("it is not on the order's list");
            case Serials.Range range ->
                range.contains(id)
                        ? Optional.empty()
                        : refused("the order is for " + range.first() + " to " + range.last());
        };
    }

    /** The device of this unit: the one registered, or the one that the unit's first step registers. */
    public Device deviceWith(Map<String, String> attributes, Instant at) {
        return device.orElseGet(() -> {
            Map<String, String> all = new TreeMap<>(attributes);
            all.put("batch", batch.name().value());
            all.put("product", batch.order().product());
            return new Device(id, Device.State.ACTIVE, all, at);
        });
    }

    private Optional<Refusal> refused(String why) {
        return Optional.of(new Refusal.UnitNotAllowed(id, batch.name(), why));
    }
}
