package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A unit as the API shows it.
 *
 * @param serial of the certificate it has now, or had last
 * @param times when it came into its states, since it was reserved or got its present key
 */
record UnitView(
        BatchName batch,
        DeviceId id,
        UnitState state,
        OperatorName station,
        Effort effort,
        Optional<SerialNumber> serial,
        Map<String, Instant> times,
        Optional<String> reason) {

    /** What was spent on it. */
    record Effort(Long tries, Long reworks, Long keys) {}

    static UnitView of(Unit unit) {
        Map<String, Instant> times = new TreeMap<>();
        unit.times().forEach((state, at) -> times.put(state.word(), at));
        return new UnitView(
                unit.batch(),
                unit.id(),
                unit.state(),
                unit.station(),
                new Effort((long) unit.effort().tries(), (long) unit.effort().reworks(), (long)
                        unit.effort().keys()),
                unit.certificate().map(mine -> mine.serial()),
                times,
                unit.reason());
    }
}
