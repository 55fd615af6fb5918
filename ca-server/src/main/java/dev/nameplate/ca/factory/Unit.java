package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.RevocationReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One physical unit of a batch.
 *
 * @param station which has it now
 * @param certificate the one it has now, or had last
 * @param times when it came into each state, since it was reserved or got its present key
 * @param reason why it was scrapped or reworked
 */
public record Unit(
        BatchName batch,
        DeviceId id,
        UnitState state,
        OperatorName station,
        Effort effort,
        Optional<UnitCertificate> certificate,
        Map<UnitState, Instant> times,
        Optional<String> reason) {

    /**
     * What was spent on it.
     *
     * @param tries keys since it was reserved or reworked
     * @param keys all it ever had
     */
    public record Effort(int tries, int reworks, int keys) {
        public static final Effort NONE = new Effort(0, 0, 0);

        Effort oneMoreKey() {
            return new Effort(tries + 1, reworks, keys + 1);
        }

        Effort rework() {
            return new Effort(0, reworks + 1, keys);
        }
    }

    public Unit {
        EnumMap<UnitState, Instant> copy = new EnumMap<>(UnitState.class);
        times.forEach((each, at) -> copy.put(each, at.truncatedTo(ChronoUnit.MICROS)));
        times = Collections.unmodifiableMap(copy);
    }

    static Unit reserved(BatchName batch, DeviceId id, OperatorName station, Instant at) {
        return new Unit(
                batch,
                id,
                UnitState.RESERVED,
                station,
                Effort.NONE,
                Optional.empty(),
                Map.of(UnitState.RESERVED, at),
                Optional.empty());
    }

    static Unit harvested(BatchName batch, DeviceId id, OperatorName by, Instant at) {
        return new Unit(
                batch,
                id,
                UnitState.KEYED,
                by,
                new Effort(1, 0, 1),
                Optional.empty(),
                Map.of(UnitState.KEYED, at),
                Optional.empty());
    }

    public boolean has(SerialNumber serial) {
        return certificate.filter(mine -> mine.serial().equals(serial)).isPresent();
    }

    /** When it came into the state, if it did since its present key. */
    public Optional<Instant> at(UnitState reached) {
        return Optional.ofNullable(times.get(reached));
    }

    Unit reached(UnitState next, Instant at) {
        return new Unit(batch, id, next, station, effort, certificate, with(next, at), reason);
    }

    Unit endedAs(UnitState end, String why, Instant at) {
        Effort after = end == UnitState.REWORK ? effort.rework() : effort;
        return new Unit(batch, id, end, station, after, certificate, with(end, at), Optional.of(why));
    }

    /** What becomes of it when its batch is closed; it is neither closed nor scrapped yet. */
    public UnitChange.Changed atTheEndOfItsBatch(Instant at) {
        return state == UnitState.VERIFIED || state == UnitState.KEYED
                ? UnitChange.Changed.to(reached(UnitState.CLOSED, at), Tally.NOTHING)
                : new UnitChange.Changed(
                        endedAs(UnitState.SCRAPPED, "its batch was closed", at),
                        certificate.map(_ -> RevocationReason.CESSATION_OF_OPERATION),
                        Tally.SCRAPPED);
    }

    /** With another key the steps begin anew. */
    Unit certified(UnitCertificate fresh, OperatorName by, Instant at) {
        Map<UnitState, Instant> anew = new EnumMap<>(UnitState.class);
        at(UnitState.RESERVED).ifPresent(reserved -> anew.put(UnitState.RESERVED, reserved));
        anew.put(UnitState.ISSUED, at);
        return new Unit(
                batch, id, UnitState.ISSUED, by, effort.oneMoreKey(), Optional.of(fresh), anew, Optional.empty());
    }

    private Map<UnitState, Instant> with(UnitState next, Instant at) {
        Map<UnitState, Instant> all = new EnumMap<>(UnitState.class);
        all.putAll(times);
        all.remove(UnitState.REWORK);
        all.put(next, at);
        return all;
    }
}
