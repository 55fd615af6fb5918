package dev.nameplate.ca.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate revoke}: see what it hits, then do exactly that. */
final class RevokeCommands {
    static final String PATH = "/api/v1/revocation-plans";

    static final List<Column> PLAN = List.of(
            Column.of("plan", "id"),
            Column.of("state", "state"),
            Column.of("problem", "progress.problem"),
            Column.of("selection", "selection"),
            Column.of("treatment", "how.treatment"),
            Column.of("reason", "how.reason"),
            Column.of("final at", "how.finalAt"),
            Column.of("certificates", "hits.certificates"),
            Column.of("by issuer", "hits.issuers"),
            Column.of("devices", "hits.devices"),
            new Column("re-enrolments", RevokeCommands::load),
            new Column("CRLs grow by", plan -> bytes(plan.at("/hits/crlBytes").asLong())),
            Column.of("done", "progress.certificates"),
            Column.of("changed", "progress.changed"),
            Column.of("ended at", "progress.endedAt"),
            new Column("for example", RevokeCommands::sample));
    static final List<Column> COLUMNS = List.of(
            Column.of("plan", "id"),
            Column.of("state", "state"),
            Column.of("treatment", "how.treatment"),
            Column.of("reason", "how.reason"),
            Column.of("certificates", "hits.certificates"),
            Column.of("done", "progress.certificates"),
            Column.of("planned by", "planned.by"),
            Column.of("applied by", "applied.by"),
            Column.of("selection", "selection"));
    private static final int NAMES_PER_CALL = 2000;
    private static final long SECONDS_PER_DAY = 86_400;

    private RevokeCommands() {}

    /** Every device needs one new certificate; over a day that is so many a second. */
    private static String load(JsonNode plan) {
        long devices = plan.at("/hits/devices").asLong();
        return devices + ", which over a day is "
                + String.format(Locale.ROOT, "%.1f", (double) devices / SECONDS_PER_DAY) + " a second";
    }

    private static String bytes(long bytes) {
        return bytes < 10_000 ? bytes + " bytes" : bytes / 1000 + " kB";
    }

    private static String sample(JsonNode plan) {
        StringBuilder text = new StringBuilder();
        for (JsonNode hit : plan.at("/hits/sample")) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(hit.path("device").asString(""))
                    .append(' ')
                    .append(hit.path("serial").asString(""));
        }
        return text.isEmpty() ? "-" : text.toString();
    }

    @Command(
            name = "plan",
            description = {
                "Finds out what a bulk revocation would hit, and writes a plan. Changes no certificate.",
                "Without --final the certificates are held, and revoked for good on a date."
            })
    static final class Plan extends ClientCommand {
        @Mixin
        private PlanSelection selection = new PlanSelection();

        @Option(
                names = "--reason",
                paramLabel = "R",
                description = "As in key-compromise, superseded. Needed, but for --release.")
        private @Nullable String reason;

        @Option(names = "--final", description = "Revoke for good at once: there is no way back.")
        private boolean forGood;

        @Option(names = "--release", description = "Take back the holds of these certificates instead.")
        private boolean release;

        @Option(
                names = "--final-at",
                paramLabel = "TIME",
                description = "When the holds become final. Default: as the settings say.")
        private @Nullable String finalAt;

        @Option(names = "--out", paramLabel = "FILE", description = "The plan. Default: plan-ID.ndjson.")
        private @Nullable Path out;

        Plan(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Optional<PlanSelection.Listed> listed = selection.listed();
            List<String> names = listed.map(list -> list.names().read()).orElse(List.of());
            String id = door.post(PATH, wish()).path("id").asString("");
            for (int from = 0; from < names.size(); from += NAMES_PER_CALL) {
                List<String> some = names.subList(from, Math.min(names.size(), from + NAMES_PER_CALL));
                door.post(PlanWatch.path(id) + "/" + listed.orElseThrow().endpoint(), Map.of("items", some));
            }
            door.post(PlanWatch.path(id) + "/completion", Map.of());
            JsonNode plan = new PlanWatch(door, err()).selected(id);
            if (!PlanWatch.state(plan).equals("planned")) {
                throw CommandFailedException.refused(
                        "this makes no plan: " + plan.at("/progress/problem").asString(PlanWatch.state(plan)));
            }
            Path file = out == null ? Path.of("plan-" + id + ".ndjson") : out;
            door.download(PlanWatch.path(id) + "/file", file);
            screen.describe(plan, PLAN);
            err().println("wrote " + file + "; nothing is revoked yet. Do it with: nameplate revoke apply " + file);
            err().flush();
            return ExitCode.DONE;
        }

        private Map<String, Object> wish() {
            if (forGood && release) {
                throw CommandFailedException.wrongUsage("give --final or --release, not both");
            }
            if (reason == null && !release) {
                throw CommandFailedException.wrongUsage("give --reason, as in --reason key-compromise");
            }
            Map<String, Object> wish = new TreeMap<>(Map.of("selection", selection.body()));
            wish.put("treatment", forGood ? "revoke" : release ? "release" : "hold");
            wish.putAll(CertCommands.query("reason", reason));
            wish.putAll(CertCommands.query("finalAt", finalAt));
            return wish;
        }
    }

    @Command(name = "status", description = "Shows a plan and how far it is, or lists the plans.")
    static final class Status extends ClientCommand {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "The plan. Default: all.")
        private @Nullable String id;

        Status(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            if (id == null) {
                JsonNode plans = door.get(PATH, Map.of());
                screen.list(COLUMNS, page -> page.accept(plans.path("items")));
            } else {
                screen.describe(door.get(PlanWatch.path(id), Map.of()), PLAN);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "stop",
            description = "Stops a plan that is being carried out. What is done stays done; `revoke apply` goes on.")
    static final class Stop extends ClientCommand {
        @Parameters(paramLabel = "ID", description = "The plan.")
        private String id = "";

        Stop(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode plan = door.post(PlanWatch.path(id) + "/stop", Map.of());
            screen.done(
                    "plan " + id + " is " + PlanWatch.state(plan) + " after "
                            + plan.at("/progress/certificates").asLong() + " of "
                            + plan.at("/hits/certificates").asLong() + " certificates",
                    plan);
            return ExitCode.DONE;
        }
    }
}
