package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code nameplate doctor}: a check of everything, with a remedy per finding. Ends with 1 if something does not work. */
@Command(name = "doctor", description = "Checks everything, and says what to do about what is wrong.")
public final class DoctorCommand extends ClientCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.of("check", "check"),
            Column.of("state", "state"),
            Column.of("says", "says"),
            Column.of("remedy", "remedy"));

    public DoctorCommand(Nameplate root) {
        super(root);
    }

    @Override
    ExitCode run(OperatorDoor door, Screen screen) {
        JsonNode findings = door.get("/api/v1/doctor", Map.of()).path("items");
        screen.list(COLUMNS, page -> page.accept(findings));
        for (JsonNode finding : findings) {
            if (finding.path("state").asString("").equals("fault")) {
                return ExitCode.REFUSED;
            }
        }
        return ExitCode.DONE;
    }
}
