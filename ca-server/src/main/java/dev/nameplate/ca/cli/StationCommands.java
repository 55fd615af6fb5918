package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code nameplate station}: add, code, list, disable, enable, status. */
final class StationCommands {
    private static final String PATH = "/api/v1/stations";
    private static final List<Column> COLUMNS = List.of(
            Column.of("name", "name"),
            Column.of("site", "site"),
            Column.of("added", "addedAt"),
            Column.of("batches", "batches"));
    private static final List<Column> CODE = List.of(
            Column.of("station", "name"),
            Column.of("site", "site"),
            Column.of("code", "code"),
            Column.of("expires", "codeExpiresAt"));
    private static final int BAR = 30;

    private StationCommands() {}

    /** A command about one station. */
    abstract static class OfOne extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "The station.")
        private String name = "";

        OfOne(Nameplate root) {
            super(root);
        }

        final String name() {
            return name;
        }
    }

    @Command(name = "add", description = "Adds a station, and shows the code by which it enrols (`station enrol`).")
    static final class Add extends OfOne {
        @Option(names = "--site", paramLabel = "TEXT", required = true, description = "Where it is.")
        private String site = "";

        Add(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.describe(door.post(PATH, Map.of("name", name(), "site", site)), CODE);
            return ExitCode.DONE;
        }
    }

    @Command(name = "code", description = "Makes a station another code, as after its key was lost.")
    static final class Code extends OfOne {
        Code(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.describe(door.post(PATH + "/" + OperatorDoor.segment(name()) + "/codes", Map.of()), CODE);
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists stations.")
    static final class Stations extends ClientCommand {
        Stations(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode stations = door.get(PATH, Map.of());
            screen.list(COLUMNS, page -> page.accept(stations.path("items")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "disable", description = "Shuts a station out at once; its certificates are held.")
    static final class Disable extends OfOne {
        Disable(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.done("disabled station " + name(), door.post(device(name(), "hold"), Map.of()));
            return ExitCode.DONE;
        }
    }

    @Command(name = "enable", description = "Lets a disabled station in again.")
    static final class Enable extends OfOne {
        Enable(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.done("enabled station " + name(), door.post(device(name(), "release"), Map.of()));
            return ExitCode.DONE;
        }
    }

    @Command(name = "status", description = "Shows a station and how far its batches are.")
    static final class Status extends OfOne {
        Status(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            var here = new Here(UnitsInHand.of(root().home(), name(), err()), BundlesHere.of(root(), name()));
            try {
                return show(door, here, screen);
            } catch (CommandFailedException away) {
                if (away.exit() == ExitCode.FAULT) {
                    here.show(screen);
                }
                throw away;
            }
        }

        private ExitCode show(OperatorDoor door, Here here, Screen screen) {
            JsonNode station = door.get(PATH + "/" + OperatorDoor.segment(name()), Map.of());
            var all = screen.mapper().createObjectNode();
            all.set("station", station);
            var batches = all.putArray("batches");
            for (JsonNode batch : station.path("batches")) {
                batches.add(door.get(BatchCommands.path(batch.asString("")) + "/progress", Map.of()));
            }
            var known = new Here(UnitsInHand.asTheCaKnows(here.units(), door), here.bundles());
            all.set("inHand", known.units());
            all.set("bundles", here.bundles());
            screen.describe(all, List.of(Column.of("station", "station.name"), Column.of("site", "station.site")));
            if (!root().json()) {
                screen.list(
                        List.of(
                                Column.of("batch", "batch.name"),
                                Column.of("state", "batch.state"),
                                new Column("done", Status::bar),
                                Column.of("remaining", "batch.quota.remaining"),
                                Column.of("yield %", "total.yieldPercent"),
                                Column.of("retried", "total.retried"),
                                Column.of("scrapped", "total.scrapped"),
                                new Column("takt", Status::takt)),
                        page -> page.accept(batches));
                known.show(screen);
            }
            return ExitCode.DONE;
        }

        /** What the station's own disk tells. */
        private record Here(ArrayNode units, JsonNode bundles) {
            void show(Screen screen) {
                UnitsInHand.show(units, screen);
                BundlesHere.show(bundles, screen);
            }
        }

        /** Of the last hour in which a unit was verified. */
        private static String takt(JsonNode report) {
            String last = "";
            for (JsonNode hour : report.path("hours")) {
                last = hour.path("takt").asString(last);
            }
            return last;
        }

        private static String bar(JsonNode report) {
            double quota = report.at("/batch/quota/units").asDouble(1);
            double verified = report.at("/total/verified").asDouble(0);
            int full = (int) Math.round(BAR * Math.min(1, verified / quota));
            return "#".repeat(full) + ".".repeat(BAR - full) + " " + Math.round(100 * verified / quota) + " %";
        }
    }

    private static String device(String name, String what) {
        return "/api/v1/devices/" + OperatorDoor.segment(name) + "/" + what;
    }
}
