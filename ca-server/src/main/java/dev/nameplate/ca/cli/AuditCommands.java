package dev.nameplate.ca.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nameplate audit}, but for {@link VerifyAudit}. */
final class AuditCommands {
    private static final List<Column> COLUMNS = List.of(
            Column.of("number", "number"),
            Column.of("at", "at"),
            Column.of("action", "action"),
            Column.of("actor", "actor"),
            Column.of("subject", "subject"),
            Column.of("facts", "facts"));

    private AuditCommands() {}

    @Command(name = "list", description = "Lists what happened, oldest first.")
    static final class Entries extends ClientCommand {
        @Option(
                names = "--after",
                paramLabel = "N",
                defaultValue = "0",
                description = "Only entries with a higher number. Default: ${DEFAULT-VALUE}.")
        private long after;

        Entries(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, String> query = Map.of("after", Long.toString(after));
            screen.list(COLUMNS, page -> door.list("/api/v1/audit/entries", query, page));
            return ExitCode.DONE;
        }
    }

    @Command(name = "export", description = "Writes the whole trail into a file that `audit verify --file` verifies.")
    static final class Export extends ClientCommand {
        @Option(names = "--out", paramLabel = "FILE", required = true, description = "A file that does not exist yet.")
        private Path out = Path.of("");

        Export(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            NewFile.closed(out).requireAbsent();
            door.download("/api/v1/audit/export", out);
            screen.done(
                    "wrote " + out + "; verify it with `nameplate audit verify --file " + out + "`",
                    screen.mapper().createObjectNode().put("file", out.toString()));
            return ExitCode.DONE;
        }
    }
}
