package dev.nameplate.ca.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate code}. */
final class CodeCommands {
    private static final String PATH = "/api/v1/codes";
    private static final List<Column> COLUMNS = List.of(
            Column.of("id", "id"),
            Column.of("device", "device"),
            Column.of("label", "label"),
            new Column("state", CodeCommands::state),
            Column.of("expires", "expiresAt"));

    private CodeCommands() {}

    private static String state(JsonNode code) {
        return code.has("usedAt") ? "used" : code.has("cancelledAt") ? "cancelled" : "unused";
    }

    private static String ofDevice(String device) {
        return "/api/v1/devices/" + OperatorDoor.segment(device) + "/codes";
    }

    @Command(name = "create", description = "Makes a one-time code for a device. It is shown now and never again.")
    static final class Create extends ClientCommand {
        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String device = "";

        @Option(names = "--label", paramLabel = "L", description = "The only EST label it is good for. Default: any.")
        private @Nullable String label;

        @Option(
                names = "--valid",
                paramLabel = "DURATION",
                description = "How long, as in PT24H. Default: the settings'.")
        private @Nullable Duration validity;

        Create(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, String> wish = new TreeMap<>();
            if (label != null) {
                wish.put("label", label);
            }
            if (validity != null) {
                wish.put("validity", validity.toString());
            }
            screen.describe(
                    door.post(ofDevice(device), wish),
                    List.of(
                            Column.of("code", "code"),
                            Column.of("id", "id"),
                            Column.of("device", "device"),
                            Column.of("label", "label"),
                            Column.of("expires", "expiresAt")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists codes, without the codes themselves.")
    static final class Codes extends ClientCommand {
        @Option(names = "--device", paramLabel = "ID", description = "Only this device's, newest first.")
        private @Nullable String device;

        Codes(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            if (device == null) {
                screen.list(COLUMNS, page -> door.list(PATH, Map.of(), page));
            } else {
                JsonNode codes = door.get(ofDevice(device), Map.of());
                screen.list(COLUMNS, page -> page.accept(codes.path("items")));
            }
            return ExitCode.DONE;
        }
    }

    @Command(name = "cancel", description = "Cancels a code that is not used yet.")
    static final class Cancel extends ClientCommand {
        @Parameters(paramLabel = "CODE-ID", description = "As `code create` and `code list` show it; not the code.")
        private String id = "";

        Cancel(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.done("cancelled code " + id, door.delete(PATH + "/" + OperatorDoor.segment(id)));
            return ExitCode.DONE;
        }
    }
}
