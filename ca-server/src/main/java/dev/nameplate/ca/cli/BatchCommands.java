package dev.nameplate.ca.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate batch}: create, list, show. */
final class BatchCommands {
    static final String PATH = "/api/v1/batches";
    static final List<Column> COLUMNS = List.of(
            Column.of("name", "name"),
            Column.of("state", "state"),
            Column.of("product", "product"),
            Column.of("profile", "profile"),
            Column.of("quota", "quota.units"),
            Column.of("used", "quota.used"),
            Column.of("remaining", "quota.remaining"),
            Column.of("stations", "stations"));

    private BatchCommands() {}

    static String path(String batch) {
        return PATH + "/" + OperatorDoor.segment(batch);
    }

    /** What a batch may be limited to. */
    static final class Limits {
        @Option(names = "--start", paramLabel = "TIME", description = "When it may begin, as 2026-11-21T08:00:00Z.")
        private @Nullable String start;

        @Option(names = "--end", paramLabel = "TIME", description = "When it is over.")
        private @Nullable String end;

        @Option(names = "--retries", paramLabel = "N", description = "More keys a unit may bring. Default: 3.")
        private @Nullable Long retries;

        @Option(
                names = "--verify-within",
                paramLabel = "DURATION",
                description = "How long a unit may take to prove that it has its key, as PT4H. Default: for ever.")
        private @Nullable String verifyWithin;

        @Option(names = "--revoke-unverified", description = "Units that do not prove it in time are scrapped.")
        private boolean revoke;

        Map<String, Object> body() {
            Map<String, Object> body = new TreeMap<>();
            put(body, "start", start);
            put(body, "end", end);
            put(body, "retries", retries);
            put(body, "verifyWithin", verifyWithin);
            put(body, "unverified", revoke ? "revoked" : null);
            return body;
        }
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    @Command(name = "create", description = "Makes a work order.")
    static final class Create extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "As in WO-2026-1147.")
        private String name = "";

        @Option(names = "--product", paramLabel = "TEXT", required = true, description = "What is made.")
        private String product = "";

        @Option(names = "--profile", paramLabel = "PROFILE", required = true, description = "Of the certificates.")
        private String profile = "";

        @Option(names = "--quota", paramLabel = "N", required = true, description = "How many units may be made.")
        private long quota;

        @Option(names = "--station", paramLabel = "NAME", description = "Which stations it is for. May be repeated.")
        private List<String> stations = new ArrayList<>();

        @Option(names = "--first", paramLabel = "ID", description = "The first id of the range of units.")
        private @Nullable String first;

        @Option(names = "--last", paramLabel = "ID", description = "The last id of the range of units.")
        private @Nullable String last;

        @Option(names = "--list", paramLabel = "FILE", description = BatchList.FORM)
        private @Nullable Path list;

        @Option(
                names = "--keys",
                paramLabel = "ORIGIN",
                description = "device, injected or harvested. Default: device.")
        private @Nullable String keys;

        @ArgGroup(validate = false)
        private Limits limits = new Limits();

        Create(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, Object> body = new LinkedHashMap<>(
                    Map.of("name", name, "product", product, "profile", profile, "quota", quota, "stations", stations));
            Map<String, Object> serials = new TreeMap<>();
            put(serials, "first", first);
            put(serials, "last", last);
            if (list != null && !serials.isEmpty()) {
                throw CommandFailedException.wrongUsage("--list, or --first and --last: a batch has one of the two");
            }
            List<String> ids = list == null ? List.of() : BatchList.read(list);
            body.put("limits", limits.body());
            if (list != null || !serials.isEmpty()) {
                body.put("serials", serials);
            }
            if (keys != null) {
                body.put("keys", Map.of("origin", keys));
            }
            JsonNode made = door.post(PATH, body);
            JsonNode batch = ids.isEmpty() ? made : BatchList.handIn(door, name, ids);
            screen.done("created batch " + name + " for " + quota + " units", batch);
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists batches in the order of their names.")
    static final class Batches extends ClientCommand {
        Batches(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.list(COLUMNS, page -> door.list(PATH, Map.of(), page));
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows a batch: how far it is, yield, scrap, retries and takt.")
    static final class Show extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "The batch.")
        private String name = "";

        @Option(names = "--hours", description = "By station and hour, as a table.")
        private boolean byHour;

        Show(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            show(door.get(path(name), Map.of()), byHour, screen);
            return ExitCode.DONE;
        }
    }

    static void show(JsonNode report, boolean byHour, Screen screen) {
        if (byHour) {
            screen.list(
                    List.of(
                            Column.of("from", "from"),
                            Column.of("station", "station"),
                            Column.of("issued", "did.issued"),
                            Column.of("verified", "did.verified"),
                            Column.of("retried", "did.retried"),
                            Column.of("scrapped", "did.scrapped"),
                            Column.of("reworked", "did.reworked"),
                            Column.of("yield %", "did.yieldPercent"),
                            Column.of("takt", "takt")),
                    page -> page.accept(report.path("hours")));
        } else {
            screen.describe(report, describing());
        }
    }

    private static List<Column> describing() {
        return Stream.concat(
                        COLUMNS.stream()
                                .map(column -> new Column(
                                        column.name(), report -> column.text().apply(report.path("batch")))),
                        Stream.of(
                                Column.of("units", "units"),
                                Column.of("verified", "total.verified"),
                                Column.of("retried", "total.retried"),
                                Column.of("scrapped", "total.scrapped"),
                                Column.of("reworked", "total.reworked"),
                                Column.of("yield %", "total.yieldPercent")))
                .toList();
    }
}
