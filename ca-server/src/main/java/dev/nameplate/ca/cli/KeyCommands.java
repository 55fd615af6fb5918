package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate key}. */
final class KeyCommands {
    private static final String PATH = "/api/v1/keys";
    private static final List<Column> COLUMNS = List.of(
            Column.of("purpose", "purpose"),
            Column.of("state", "state"),
            Column.of("algorithm", "algorithm"),
            Column.of("days old", "age.days"),
            Column.of("next rotation", "nextRotation"),
            Column.of("certificate ends", "certificateEnds"),
            Column.of("token", "token"),
            Column.of("key", "uri"));

    private KeyCommands() {}

    @Command(name = "list", description = "Lists every key of this CA, with its purpose, age and next rotation.")
    static final class Keys extends ClientCommand {
        Keys(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode keys = door.get(PATH, Map.of());
            screen.list(COLUMNS, page -> page.accept(keys.path("items")));
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "rotate",
            description =
                    "Replaces keys of the CA's own now, as it does by itself when they are old. Nothing pauses; what the"
                            + " key before signed stays good.")
    static final class Rotate extends ClientCommand {
        @Parameters(
                paramLabel = "KIND",
                description =
                        "ocsp, tls (of the doors of the server that is called), audit, messages, or kek (of every open batch;"
                                + " what is wrapped is wrapped anew, and the key before it destroyed: nameplate key list).")
        private String kind = "";

        Rotate(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode rotated = door.post(PATH + "/" + OperatorDoor.segment(kind) + "/rotation", Map.of());
            screen.done("new keys: " + Column.of("", "purposes").text().apply(rotated), rotated);
            return ExitCode.DONE;
        }
    }
}
