package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Station;
import dev.nameplate.ca.factory.Stations;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/** Stations: add, list, show, another code. */
final class StationOperations {
    private static final String GROUP = "stations";
    private static final String PATH = "/api/v1/stations";
    private static final Parameter NAME = Parameter.path("name", OperatorName.class, "the station");

    private final Stations stations;

    StationOperations(Stations stations) {
        this.stations = stations;
    }

    List<Operation> all() {
        return List.of(
                Operation.post(GROUP, PATH)
                        .called("addStation", "Adds a station, and makes the code by which it enrols over EST.")
                        .taking(NewStation.class)
                        .refusing(409)
                        .adminAnd()
                        .answers(Reply.created("The station and its code.", AddedStation.class), this::add),
                Operation.get(GROUP, PATH)
                        .called("listStations", "Lists stations.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Stations.", Page.class, StationView.class), this::list),
                Operation.get(GROUP, PATH + "/{name}")
                        .called("showStation", "Shows a station; a station sees itself alone.")
                        .with(NAME)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR, Role.STATION)
                        .answers(Reply.json("The station.", StationView.class), this::show),
                Operation.post(GROUP, PATH + "/{name}/codes")
                        .called("createStationCode", "Makes another code for a station, as after its key was lost.")
                        .with(NAME)
                        .taking(NewStationCode.class)
                        .refusing(404, 409)
                        .adminAnd()
                        .answers(Reply.created("The station and its code.", AddedStation.class), this::code));
    }

    private Result add(Call call) {
        NewStation body = call.body(NewStation.class);
        if (!body.site().matches("[\\x20-\\x7e]{1,64}")) {
            throw MalformedCallException.field("site", "site: is not 1 to 64 printable ASCII characters");
        }
        return added(stations.add(body.name(), body.site(), call.cause()));
    }

    private Result list(Call call) {
        List<StationView> all = stations.list().stream().map(this::view).toList();
        return new Result.Done(new Page<>(all, Optional.empty()));
    }

    private Result show(Call call) {
        OperatorName name = call.path("name", OperatorName.class);
        Operator caller = call.operator();
        boolean visible =
                !caller.roles().contains(Role.STATION) || caller.name().equals(name);
        return stations.find(name)
                .filter(_ -> visible)
                .<Result>map(station -> new Result.Done(view(station)))
                .orElseGet(() -> new Result.Refused(new Refusal.NotFound("station " + name)));
    }

    private Result code(Call call) {
        NewStationCode body = call.body(NewStationCode.class);
        assert body.why().isEmpty() || !body.why().get().isEmpty();
        return added(stations.code(call.path("name", OperatorName.class), call.cause()));
    }

    private static Result added(Stations.Outcome outcome) {
        return switch (outcome) {
            case Stations.Outcome.Refused(var refusal) -> new Result.Refused(refusal);
            case Stations.Outcome.Added(var station, var created) ->
                new Result.Done(new AddedStation(
                        station.name(),
                        station.site(),
                        new String(created.text().chars()),
                        created.code().expiresAt()));
        };
    }

    private StationView view(Station station) {
        return new StationView(station.name(), station.site(), station.addedAt(), stations.batchesOf(station.name()));
    }
}
