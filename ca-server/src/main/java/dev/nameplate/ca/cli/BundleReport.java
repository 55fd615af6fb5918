package dev.nameplate.ca.cli;

import dev.nameplate.ca.factory.offline.JournalLine;
import dev.nameplate.ca.station.BundleFiles;
import dev.nameplate.ca.station.DamagedBundleException;
import dev.nameplate.ca.station.DrawnBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports journals when the network is back. Cut off anywhere, the same again goes on; what was reported stays reported. */
final class BundleReport {
    private static final int PAGE = 100;

    private final Nameplate root;
    private final OperatorDoor door;

    BundleReport(Nameplate root, OperatorDoor door) {
        this.root = root;
        this.door = door;
    }

    /** Whether bundles are over with this report. */
    enum Then {
        GO_ON,
        END
    }

    ExitCode run(Optional<String> batch, Then then, Screen screen) {
        ArrayNode all = screen.mapper().createArrayNode();
        boolean right = true;
        try (StationBundles bundles = new StationBundles(root)) {
            List<Path> places = batch.map(bundles::of).orElseGet(bundles::all);
            for (Path place : places.stream().filter(BundleFiles::isWhole).toList()) {
                ObjectNode one = report(bundles.open(place), then, screen);
                right &= one.path("refused").isEmpty() && !one.has("damage");
                all.add(one);
            }
        } catch (DamagedBundleException damaged) {
            throw CommandFailedException.fault(String.valueOf(damaged.getMessage()));
        }
        StringBuilder text = new StringBuilder(all.isEmpty() ? "nothing is drawn here" : "");
        all.forEach(one -> text.append(text.isEmpty() ? "" : "\n").append(said(one)));
        screen.done(text.toString(), screen.mapper().createObjectNode().set("bundles", all));
        return right ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private ObjectNode report(DrawnBundle bundle, Then then, Screen screen) {
        String path = "/api/v1/bundles/" + OperatorDoor.segment(bundle.header().bundle());
        List<JournalLine> lines = bundle.journal().lines();
        ObjectNode one = screen.mapper().createObjectNode();
        one.put("bundle", bundle.header().bundle().value())
                .put("batch", bundle.header().batch().value());
        ArrayNode refused = screen.mapper().createArrayNode();
        int known = door.get(path, Map.of()).path("entries").asInt(0);
        int at = Math.max(0, Math.min(known, lines.size()) - 1);
        try (Bar bar = new Bar("reporting", lines.size(), root.err())) {
            do {
                int end = Math.min(lines.size(), at + PAGE);
                JsonNode taken =
                        door.post(path + "/report", Map.of("lines", texts(lines, at, end), "total", lines.size()));
                taken.path("refused").forEach(refused::add);
                bar.to(end);
                at = end;
            } while (at < lines.size());
        }
        if (then == Then.END) {
            door.post(path + "/end", Map.of());
        }
        bundle.journal().damage().ifPresent(why -> one.put("damage", why));
        return one.put("entries", lines.size()).set("refused", refused);
    }

    private static List<String> texts(List<JournalLine> lines, int from, int end) {
        return lines.subList(from, end).stream().map(JournalLine::text).toList();
    }

    private static String said(JsonNode one) {
        StringBuilder text = new StringBuilder("bundle " + one.path("bundle").asString("") + ": "
                + one.path("entries").asInt(0) + " entries are on record");
        one.path("refused")
                .forEach(each -> text.append("\n  line " + each.path("number").asInt() + ", unit "
                        + each.path("unit").asString("") + ": "
                        + each.path("why").asString("")));
        return one.has("damage") ? text + "\n  " + one.path("damage").asString("") : text.toString();
    }
}
