package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A step with a unit is on record. The same call again is answered the same.
 *
 * @param at when it was taken first
 */
record StepTaken(BatchName batch, DeviceId unit, UnitState step, Optional<SerialNumber> serial, Instant at) {
    static StepTaken of(Unit unit, UnitState step) {
        Instant at = unit.at(step).or(() -> unit.at(unit.state())).orElseThrow();
        return new StepTaken(unit.batch(), unit.id(), step, unit.certificate().map(mine -> mine.serial()), at);
    }
}
