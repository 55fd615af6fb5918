package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.CodeCreation;
import dev.nameplate.ca.device.CodeRequest;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.device.Registration;
import dev.nameplate.ca.operator.OperatorChange;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Machines on lines. A station is known three times over by one name: as a device, which enrols and renews itself over EST at the
 * label {@code station}; as an operator with the role station, which opens the operator door to it; and as a place, which batches
 * are bound to. Holding the device, or removing the operator, stops it at once.
 */
public final class Stations {
    public static final LabelName LABEL = new LabelName("station");

    private final StationRegister stations;
    private final Devices devices;
    private final Codes codes;
    private final Operators operators;
    private final InstantSource clock;

    public Stations(StationRegister stations, Devices devices, Codes codes, Operators operators, InstantSource clock) {
        this.stations = stations;
        this.devices = devices;
        this.codes = codes;
        this.operators = operators;
        this.clock = clock;
    }

    /** What became of a wish for a station. */
    public sealed interface Outcome {
        /** @param code by which it enrols the first time */
        record Added(Station station, CodeCreation.Created code) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /** Cut off in between and asked again it goes on; a name that is taken by somebody else is refused. */
    public Outcome add(OperatorName name, String site, Cause cause) {
        Instant now = clock.instant();
        Station station = new Station(name, site, now);
        DeviceId device = new DeviceId(name.value());
        Optional<Refusal> objection = objectionTo(name, device);
        if (objection.isPresent()) {
            return new Outcome.Refused(objection.get());
        }
        stations.add(station, cause.event(now, "station.added", "station:" + name, Map.of("site", site)));
        if (devices.find(device).isEmpty()
                && devices.register(device, Map.of("site", site, "kind", "station"), cause)
                        instanceof Registration.Refused(var refusal)) {
            return new Outcome.Refused(refusal);
        }
        if (operator(name).isEmpty()
                && operators.add(name, Set.of(Role.STATION), cause) instanceof OperatorChange.Refused(var refusal)) {
            return new Outcome.Refused(refusal);
        }
        return code(station, cause);
    }

    /** Another code for a station, as after its key was lost. */
    public Outcome code(OperatorName name, Cause cause) {
        return stations.find(name)
                .map(station -> code(station, cause))
                .orElseGet(() -> new Outcome.Refused(new Refusal.NotFound("station " + name)));
    }

    public Optional<Station> find(OperatorName name) {
        return stations.find(name);
    }

    public List<Station> list() {
        return stations.list();
    }

    public List<BatchName> batchesOf(OperatorName name) {
        return stations.batchesOf(name);
    }

    private Outcome code(Station station, Cause cause) {
        var wish = new CodeRequest(new DeviceId(station.name().value()), Optional.of(LABEL), Optional.empty());
        return switch (codes.create(wish, cause)) {
            case CodeCreation.Created created -> new Outcome.Added(station, created);
            case CodeCreation.Refused(var refusal) -> new Outcome.Refused(refusal);
        };
    }

    /** Half a station is completed; a whole one, or somebody else of that name, is in the way. */
    private Optional<Refusal> objectionTo(OperatorName name, DeviceId device) {
        boolean begun = stations.find(name).isPresent();
        boolean whole =
                begun && operator(name).isPresent() && devices.find(device).isPresent();
        boolean somebodyElse =
                !begun && (operator(name).isPresent() || devices.find(device).isPresent());
        return whole || somebodyElse
                ? Optional.of(
                        new Refusal.AlreadyExists((whole ? "station " : "another operator or device called ") + name))
                : Optional.empty();
    }

    private Optional<OperatorName> operator(OperatorName name) {
        return operators.list().stream()
                .filter(operator -> operator.name().equals(name))
                .map(operator -> operator.name())
                .findFirst();
    }
}
