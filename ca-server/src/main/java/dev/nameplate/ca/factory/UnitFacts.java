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
 * @param slice what was drawn ahead of time with this unit in it, and is not over
 */
public record UnitFacts(
        Batch batch, DeviceId id, Optional<Unit> unit, Optional<Device> device, boolean listed, Optional<Slice> slice) {
    /** Why a unit that was drawn is not this caller's, or one that was not. */
    Optional<Refusal> objectionTo(Caller caller) {
        return switch (caller) {
            case Caller.Office _ -> Optional.empty();
            case Caller.Station _ -> slice.map(drawn -> new Refusal.UnitElsewhere(id, "bundle " + drawn.bundle()));
            case Caller.Drawn(var name, var bundle) ->
                slice.equals(Optional.of(new Slice(bundle, name)))
                        ? Optional.empty()
                        : Optional.of(new Refusal.NotPossibleNow(
                                "unit " + id, "bundle " + bundle + " is over, or is another's, or has no such unit"));
        };
    }

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
