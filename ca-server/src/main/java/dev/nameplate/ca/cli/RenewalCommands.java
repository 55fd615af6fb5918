package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate renewal}: when devices renew. */
final class RenewalCommands {
    private static final String PATH = "/api/v1/renewal-pulls";
    private static final List<Column> COLUMNS = List.of(
            Column.of("pull", "id"),
            Column.of("start", "start"),
            Column.of("end", "end"),
            Column.of("selection", "selection"),
            Column.of("reason", "reason"),
            Column.of("by", "made.by"),
            Column.of("at", "made.at"),
            Column.of("cancelled", "cancelled.at"));

    private RenewalCommands() {}

    @Command(
            name = "pull",
            description = {
                "Has devices renew early: those certificates that were issued before now and fit all that is given.",
                "Devices learn of it when they ask for their renewalinfo."
            })
    static final class Pull extends ClientCommand {
        @Option(names = "--start", required = true, paramLabel = "TIME", description = "As in 2026-11-21T08:00:00Z.")
        private String start = "";

        @Option(names = "--end", required = true, paramLabel = "TIME", description = "By then all shall have renewed.")
        private String end = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "One line; devices are told.")
        private String reason = "";

        @Option(names = "--explanation", paramLabel = "URL", description = "Where to read more; devices are told.")
        private @Nullable String explanation;

        @Mixin
        private final RenewalSelection selection = new RenewalSelection();

        Pull(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, Object> body = new TreeMap<>(Map.of("start", start, "end", end, "reason", reason));
            RenewalSelection.put(body, "explanation", explanation);
            body.put("selection", selection.body());
            JsonNode pull = door.post(PATH, body);
            screen.done(
                    "pull " + pull.path("id").asString("?") + ": devices that ask are told to renew from " + start
                            + " to " + end,
                    pull);
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists the newest pulls.")
    static final class Pulls extends ClientCommand {
        Pulls(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode all = door.get(PATH, Map.of());
            screen.list(COLUMNS, page -> page.accept(all.path("items")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "cancel", description = "Cancels a pull: devices go by their own time again.")
    static final class Cancel extends ClientCommand {
        @Parameters(paramLabel = "PULL", description = "Its id.")
        private String id = "";

        Cancel(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.done("cancelled " + id, door.delete(PATH + "/" + OperatorDoor.segment(id)));
            return ExitCode.DONE;
        }
    }
}
