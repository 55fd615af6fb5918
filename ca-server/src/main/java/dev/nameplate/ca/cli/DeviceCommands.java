package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate device}. */
final class DeviceCommands {
    private static final String PATH = "/api/v1/devices";
    private static final List<Column> COLUMNS = List.of(
            Column.of("id", "id"),
            Column.of("state", "state"),
            Column.of("registered", "registeredAt"),
            Column.of("attributes", "attributes"));

    private DeviceCommands() {}

    @Command(name = "register", description = "Registers a device.")
    static final class Register extends ClientCommand {
        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String id = "";

        @Option(
                names = "--attribute",
                paramLabel = "NAME=VALUE",
                description = "What profiles' templates may use. May be repeated.")
        private Map<String, String> attributes = new TreeMap<>();

        Register(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode device = door.post(PATH, Map.of("id", id, "attributes", attributes));
            screen.done("registered device " + device.path("id").asString(""), device);
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists devices in the order of their ids.")
    static final class Devices extends ClientCommand {
        Devices(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.list(COLUMNS, page -> door.list(PATH, Map.of(), page));
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "evidence",
            description = "Lists the key attestation that came with a device's requests; not verified.")
    static final class Evidence extends ClientCommand {
        private static final List<Column> SHOWN =
                List.of(Column.of("received", "receivedAt"), Column.of("key", "key"), Column.of("sha256", "sha256"));

        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String id = "";

        Evidence(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode evidence = door.get(PATH + "/" + OperatorDoor.segment(id) + "/evidence", Map.of());
            screen.list(SHOWN, page -> page.accept(evidence.path("items")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows a device.")
    static final class Show extends ClientCommand {
        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String id = "";

        Show(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.describe(door.get(PATH + "/" + OperatorDoor.segment(id), Map.of()), COLUMNS);
            return ExitCode.DONE;
        }
    }
}
