package dev.nameplate.ca.cli;

import dev.nameplate.ca.station.BundleFiles;
import dev.nameplate.ca.station.DamagedBundleException;
import dev.nameplate.ca.station.DrawnBundle;
import dev.nameplate.ca.station.Journal;
import dev.nameplate.ca.station.JournalKey;
import dev.nameplate.ca.station.LookingDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a station drew and how far it is with it, by what is on its disk; also without a server, and while it works. */
final class BundlesHere {
    private static final List<Column> COLUMNS = List.of(
            Column.of("bundle", "bundle"),
            Column.of("batch", "batch"),
            Column.of("drawn", "drawn"),
            Column.of("used", "used"),
            Column.of("scrapped", "scrapped"),
            Column.of("left", "left"),
            Column.of("expires", "expiresAt"),
            Column.of("remark", "remark"));

    private BundlesHere() {}

    static ArrayNode of(Nameplate root, String station) {
        ArrayNode bundles = JsonMapper.shared().createArrayNode();
        for (Path place : StationBundles.all(StationBundles.directory(root, station))) {
            ObjectNode one = bundles.addObject()
                    .put("bundle", place.getFileName().toString())
                    .put("batch", place.getName(place.getNameCount() - 2).toString());
            try {
                describe(place, root.home(), one);
            } catch (DamagedBundleException damaged) {
                one.put("remark", damaged.getMessage());
            }
        }
        return bundles;
    }

    static void show(JsonNode bundles, Screen screen) {
        if (!bundles.isEmpty()) {
            screen.list(COLUMNS, page -> page.accept(bundles));
        }
    }

    private static void describe(Path place, Path home, ObjectNode one) {
        if (!BundleFiles.isWhole(place)) {
            one.put("drawn", here(place)).put("remark", "not whole yet; `station draw` again goes on with it");
            return;
        }
        JournalKey key = StationBundles.journalKey(place);
        BundleFiles files = BundleFiles.read(place, key, PinnedRoot.of(home));
        var standing =
                DrawnBundle.Standing.of(files.header(), Journal.read(place, files.header(), key, new LookingDisk()));
        one.put("drawn", standing.header().units())
                .put("used", standing.used())
                .put("scrapped", standing.scrapped())
                .put("left", standing.left())
                .put("lines", standing.lines())
                .put("expiresAt", standing.header().expiresAt().toString());
        standing.damage().ifPresent(why -> one.put("remark", why));
    }

    private static int here(Path place) {
        try {
            return BundleFiles.units(place).size();
        } catch (IOException e) {
            throw CommandFailedException.fault(place + " cannot be read: " + e.getMessage());
        }
    }
}
