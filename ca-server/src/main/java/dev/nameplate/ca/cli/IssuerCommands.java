package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code nameplate issuer}. */
final class IssuerCommands {
    private static final String PATH = "/api/v1/issuers";
    private static final List<Column> COLUMNS = List.of(
            Column.of("issuer", "generation"),
            Column.of("state", "state"),
            Column.of("subject", "subject"),
            Column.of("not after", "notAfter"),
            Column.of("key", "keyUri"));

    private IssuerCommands() {}

    @Command(name = "list", description = "Lists every generation of every issuer.")
    static final class Issuers extends ClientCommand {
        Issuers(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode issuers = door.get(PATH, Map.of());
            screen.list(COLUMNS, page -> page.accept(issuers.path("items")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows an issuer's generations and their chains in PEM.")
    static final class Show extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "The issuer's name in the settings.")
        private String name = "";

        Show(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            ArrayNode found = screen.mapper().createArrayNode();
            door.get(PATH, Map.of()).path("items").forEach(issuer -> {
                if (issuer.path("name").asString("").equals(name)) {
                    found.add(issuer);
                }
            });
            if (found.isEmpty()) {
                throw CommandFailedException.refused("there is no issuer " + name + "; see `nameplate issuer list`");
            }
            screen.list(COLUMNS, page -> page.accept(found));
            if (!root().json()) {
                found.forEach(issuer -> screen.raw(issuer.path("chainPem").asString("")));
            }
            return ExitCode.DONE;
        }
    }
}
