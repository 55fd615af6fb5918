package dev.nameplate.ca.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate campaign}: brings a cohort to other keys. */
final class CampaignCommands {
    private static final String PATH = "/api/v1/campaigns";
    private static final List<Column> COLUMNS = List.of(
            Column.of("campaign", "pull.id"),
            Column.of("name", "name"),
            Column.of("to algorithm", "toAlgorithm"),
            Column.of("to generation", "toGeneration"),
            Column.of("selection", "pull.selection"),
            Column.of("start", "pull.start"),
            Column.of("end", "pull.end"),
            Column.of("by", "pull.made.by"),
            Column.of("stopped", "pull.cancelled.at"));
    private static final List<Column> DETAILS = List.of(
            Column.of("campaign", "campaign.pull.id"),
            Column.of("name", "campaign.name"),
            Column.of("to algorithm", "campaign.toAlgorithm"),
            Column.of("to generation", "campaign.toGeneration"),
            Column.of("selection", "campaign.pull.selection"),
            Column.of("reason", "campaign.pull.reason"),
            Column.of("start", "campaign.pull.start"),
            Column.of("end", "campaign.pull.end"),
            Column.of("stopped", "campaign.pull.cancelled.at"),
            Column.of("devices", "devices.cohort"),
            Column.of("done", "devices.done"),
            Column.of("renewed, and wrong", "devices.wrong"),
            Column.of("waiting", "devices.waiting"),
            Column.of("late", "devices.late"),
            Column.of("ended", "devices.ended"));
    private static final List<Column> STUCK = List.of(
            Column.of("device", "device"),
            Column.of("state", "state"),
            Column.of("key", "key"),
            Column.of("issuer", "issuer"),
            Column.of("serial", "serial"),
            Column.of("issued", "issuedAt"),
            Column.of("ends", "notAfter"));

    private CampaignCommands() {}

    @Command(
            name = "create",
            description = {
                "Has a cohort renew within a time, over which it is spread, and watches it.",
                "Devices learn of it when they ask for their renewalinfo; what key to make, csrattrs of the label tells them."
            })
    static final class Create extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "For people, as in 'away from RSA'.")
        private String name = "";

        @Option(names = "--within", required = true, paramLabel = "DURATION", description = "As in P14D.")
        private Duration within = Duration.ZERO;

        @Option(names = "--start", paramLabel = "TIME", description = "As in 2031-05-01T08:00:00Z. Default: now.")
        private @Nullable String start;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "One line; devices are told.")
        private String reason = "";

        @Option(names = "--explanation", paramLabel = "URL", description = "Where to read more; devices are told.")
        private @Nullable String explanation;

        @Option(
                names = "--to-algorithm",
                paramLabel = "ALGORITHM",
                description = "The key that devices are to have, as in ec-p256.")
        private @Nullable String algorithm;

        @Option(
                names = "--to-generation",
                paramLabel = "NAME/N",
                description = "The issuer's key that is to have signed, as in devices/2.")
        private @Nullable String generation;

        @Mixin
        private final RenewalSelection selection = new RenewalSelection();

        Create(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Instant begin = begin();
            Map<String, Object> body = new TreeMap<>(Map.of(
                    "name", name,
                    "selection", selection.body(),
                    "start", begin.toString(),
                    "end", begin.plus(within).toString(),
                    "reason", reason));
            RenewalSelection.put(body, "explanation", explanation);
            RenewalSelection.put(body, "toAlgorithm", algorithm);
            RenewalSelection.put(body, "toGeneration", generation);
            JsonNode campaign = door.post(PATH, body);
            String id = campaign.at("/pull/id").asString("?");
            screen.done(
                    "campaign " + id + ": devices that ask are told to renew until "
                            + campaign.at("/pull/end")
                                    .asString(begin.plus(within).toString()) + "; `nameplate campaign show " + id
                            + "` tells how many have",
                    campaign);
            return ExitCode.DONE;
        }

        private Instant begin() {
            try {
                return start == null ? root().clock().instant().truncatedTo(ChronoUnit.SECONDS) : Instant.parse(start);
            } catch (DateTimeParseException e) {
                throw CommandFailedException.wrongUsage("--start is not a time like 2031-05-01T08:00:00Z: " + start);
            }
        }
    }

    @Command(name = "list", description = "Lists the newest campaigns.")
    static final class Campaigns extends ClientCommand {
        Campaigns(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode all = door.get(PATH, Map.of());
            screen.list(COLUMNS, page -> page.accept(all.path("items")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows a campaign, and how far its devices are.")
    static final class Show extends ClientCommand {
        @Parameters(paramLabel = "CAMPAIGN", description = "Its id.")
        private String id = "";

        @Option(names = "--stuck", description = "Lists the devices that are not where it wants them.")
        private boolean stuck;

        Show(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            String path = PATH + "/" + OperatorDoor.segment(id);
            if (stuck) {
                screen.list(STUCK, page -> door.list(path + "/stuck", Map.of(), page));
            } else {
                screen.describe(door.get(path, Map.of()), DETAILS);
            }
            return ExitCode.DONE;
        }
    }

    @Command(name = "stop", description = "Stops a campaign: devices go by their own time again.")
    static final class Stop extends ClientCommand {
        @Parameters(paramLabel = "CAMPAIGN", description = "Its id.")
        private String id = "";

        Stop(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.done("stopped " + id, door.delete(PATH + "/" + OperatorDoor.segment(id)));
            return ExitCode.DONE;
        }
    }
}
