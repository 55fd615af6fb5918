package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

        @Option(
                names = "--attribute",
                paramLabel = "NAME=VALUE",
                description = "Devices with this attribute. May be repeated.")
        private Map<String, String> attributes = new TreeMap<>();

        @Option(names = "--product", paramLabel = "P", description = "As --attribute product=P.")
        private @Nullable String product;

        @Option(names = "--firmware", paramLabel = "F", description = "As --attribute firmware=F.")
        private @Nullable String firmware;

        @Option(names = "--chip", paramLabel = "C", description = "As --attribute chip=C.")
        private @Nullable String chip;

        @Option(names = "--batch", paramLabel = "B", description = "As --attribute batch=B.")
        private @Nullable String batch;

        @Option(names = "--profile", paramLabel = "P", description = "Certificates of this profile.")
        private @Nullable String profile;

        @Option(names = "--issuer", paramLabel = "NAME", description = "By this issuer, whichever of its keys signed.")
        private @Nullable String issuer;

        @Option(names = "--generation", paramLabel = "NAME/N", description = "By this issuer's key, as in devices/1.")
        private @Nullable String generation;

        @Option(names = "--key", paramLabel = "ALGORITHM", description = "With such a key, as in rsa-2048.")
        private @Nullable String key;

        Pull(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, Object> body = new TreeMap<>(Map.of("start", start, "end", end, "reason", reason));
            put(body, "explanation", explanation);
            body.put("selection", selection());
            JsonNode pull = door.post(PATH, body);
            screen.done(
                    "pull " + pull.path("id").asString("?") + ": devices that ask are told to renew from " + start
                            + " to " + end,
                    pull);
            return ExitCode.DONE;
        }

        private Map<String, Object> selection() {
            Map<String, String> all = new TreeMap<>(attributes);
            put(all, "product", product);
            put(all, "firmware", firmware);
            put(all, "chip", chip);
            put(all, "batch", batch);
            Map<String, Object> selection = new TreeMap<>();
            if (!all.isEmpty()) {
                selection.put("attributes", all);
            }
            put(selection, "profile", profile);
            put(selection, "issuer", issuer);
            put(selection, "generation", generation);
            put(selection, "key", key);
            return selection;
        }

        private static void put(Map<String, ? super String> values, String name, @Nullable String value) {
            if (value != null) {
                values.put(name, value);
            }
        }
    }

    @Command(name = "list", description = "Lists the newest pulls.")
    static final class Pulls extends ClientCommand {
        Pulls(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.list(COLUMNS, page -> door.list(PATH, Map.of(), page));
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
