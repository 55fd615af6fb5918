package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code nameplate doctor}: a check of everything, with a remedy per finding. Ends with 1 if something does not work. */
@Command(name = "doctor", description = "Checks everything, and says what to do about what is wrong.")
public final class DoctorCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            Column.of("check", "check"),
            Column.of("state", "state"),
            Column.of("says", "says"),
            Column.of("remedy", "remedy"));
    private static final List<Column> ELSEWHERE = List.of(
            Column.of("check", "check"),
            Column.of("state", "state"),
            Column.of("clause", "clause"),
            Column.of("says", "says"),
            Column.of("remedy", "remedy"));

    private final Nameplate root;

    @Mixin
    private final Examination elsewhere;

    public DoctorCommand(Nameplate root, Examination elsewhere) {
        this.root = root;
        this.elsewhere = elsewhere;
    }

    @Override
    public Integer call() {
        Optional<JsonNode> others = elsewhere.findings();
        JsonNode findings = others.orElseGet(this::ours);
        root.screen().list(others.isPresent() ? ELSEWHERE : COLUMNS, page -> page.accept(findings));
        for (JsonNode finding : findings) {
            if (finding.path("state").asString("").equals("fault")) {
                return ExitCode.REFUSED.value();
            }
        }
        return ExitCode.DONE.value();
    }

    private JsonNode ours() {
        root.warning().ifPresent(root.err()::println);
        root.err().flush();
        try (OperatorDoor door = root.door()) {
            return door.get("/api/v1/doctor", Map.of()).path("items");
        }
    }
}
