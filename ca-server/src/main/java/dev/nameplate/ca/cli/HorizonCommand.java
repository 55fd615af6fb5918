package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code nameplate issuer horizon}. */
@Command(name = "horizon", description = "Lists when the chains of the certificates stop working, the nearest first.")
final class HorizonCommand extends ClientCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.of("issuer", "issuer"),
            Column.of("profile", "profile"),
            Column.of("state", "state"),
            Column.of("stops", "stops"),
            Column.of("because of", "because"),
            Column.of("alarm", "alarm"),
            Column.of("shortens from", "shortensFrom"),
            Column.of("certificates", "fleet.certificates"),
            Column.of("last ends", "fleet.lastEnds"));

    HorizonCommand(Nameplate root) {
        super(root);
    }

    @Override
    ExitCode run(OperatorDoor door, Screen screen) {
        JsonNode horizons = door.get("/api/v1/horizons", Map.of());
        screen.list(COLUMNS, page -> page.accept(horizons.path("items")));
        return ExitCode.DONE;
    }
}
