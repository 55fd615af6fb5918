package dev.nameplate.ca.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The units that a station began and has not finished, by its journals; also without a server. */
final class UnitsInHand {
    private static final String ENDING = ".journal";
    private static final List<Column> COLUMNS = List.of(
            Column.of("in hand", "unit"),
            Column.of("batch", "batch"),
            Column.of("step", "step"),
            Column.of("next", "next"));

    private UnitsInHand() {}

    /** @param err is told of lines that cannot be believed */
    static ArrayNode of(Path home, String station, PrintWriter err) {
        ArrayNode units = JsonMapper.shared().createArrayNode();
        for (Path file : journals(home.resolve("station").resolve(station))) {
            String name = file.getFileName().toString();
            String batch = name.substring(0, name.length() - ENDING.length());
            LineJournal.Content content = new LineJournal(file).read();
            if (!content.damaged().isEmpty()) {
                err.println("the journal " + file + " is damaged in lines " + content.damaged()
                        + ": the CA knows how far their units are, and `station issue` for them goes on from there");
            }
            content.inHand()
                    .forEach((unit, last) -> units.addObject()
                            .put("unit", unit)
                            .put("batch", batch)
                            .put("step", last.step())
                            .put("next", next(last.step())));
        }
        return units;
    }

    static void show(JsonNode units, Screen screen) {
        if (!units.isEmpty()) {
            screen.list(COLUMNS, page -> page.accept(units));
        }
    }

    private static String next(String step) {
        return switch (step) {
            case "delivered" -> "write it into the unit, then `station report --written`";
            case "written" -> "have the unit sign, then `station report --signature FILE`";
            default -> "`station issue` (again)";
        };
    }

    private static List<Path> journals(Path directory) {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read: " + e.getMessage(), e);
        }
    }
}
