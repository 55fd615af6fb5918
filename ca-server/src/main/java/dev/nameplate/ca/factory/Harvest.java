package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Public keys that a factory read off its units: each unit's device will enrol over EST, and only with that key. */
public record Harvest(OperatorName by, Instant at, Cause cause) {
    public Harvest {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * What was read off one unit.
     *
     * @param key the SHA-256 of its SubjectPublicKeyInfo
     * @param facts device attributes
     */
    public record Reading(DeviceId unit, Sha256 key, Map<String, String> facts) {
        public Reading {
            facts = Map.copyOf(facts);
            Device.objectionTo(facts).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
        }

        /** Of the unit's device. */
        public Map<String, String> attributes() {
            Map<String, String> attributes = new TreeMap<>(facts);
            attributes.put(Device.PINNED_KEY, key.toString());
            return attributes;
        }
    }

    /** What became of one reading. */
    public record Result(DeviceId unit, Optional<Refusal> refusal) {}

    /** @param owner whose the key is, if it is anybody's */
    public UnitChange on(UnitFacts facts, Reading reading, Optional<Holder> owner) {
        Batch batch = facts.batch();
        if (batch.order().keys().origin() != KeyOrigin.HARVESTED) {
            return refused(new Refusal.NotPossibleNow(
                    "batch " + batch.name(),
                    "its keys are " + batch.order().keys().origin().word() + " keys"));
        }
        Optional<Refusal> never = facts.objectionToUnit();
        if (never.isPresent()) {
            return refused(never.get());
        }
        boolean known = facts.device()
                .filter(device ->
                        reading.key().toString().equals(device.attributes().get(Device.PINNED_KEY)))
                .isPresent();
        if (facts.unit().isPresent() && known) {
            return new UnitChange.Unchanged(facts.unit().get());
        }
        if (facts.unit().isPresent() || facts.device().isPresent()) {
            return refused(new Refusal.AlreadyExists("device " + reading.unit() + " with another key"));
        }
        if (owner.isPresent()) {
            return refused(new Refusal.KeyTaken());
        }
        return batch.objectionToWorkAt(at)
                .or(batch::objectionToOneMore)
                .<UnitChange>map(UnitChange.Refused::because)
                .orElseGet(() ->
                        UnitChange.Changed.to(Unit.harvested(batch.name(), reading.unit(), by, at), Tally.ISSUED));
    }

    private static UnitChange refused(Refusal refusal) {
        return UnitChange.Refused.because(refusal);
    }
}
