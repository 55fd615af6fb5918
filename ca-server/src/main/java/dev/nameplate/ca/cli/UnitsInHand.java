package dev.nameplate.ca.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The units that a station began and has not finished, by its journals; also without a server. */
final class UnitsInHand {
    private static final String ENDING = ".journal";
    private static final int MOST_ASKED = 50;
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

    /**
     * The same as the CA knows it: what is over there is not in hand, whatever the journal says.
     *
     * @param door is asked about so many of them at most
     */
    static ArrayNode asTheCaKnows(ArrayNode units, OperatorDoor door) {
        ArrayNode left = JsonMapper.shared().createArrayNode();
        int asked = 0;
        for (JsonNode unit : units) {
            String step =
                    asked++ < MOST_ASKED ? step(unit, door) : unit.path("step").asString("");
            if (!new LineJournal.Entry("", step).ends()) {
                left.add(((ObjectNode) unit).put("step", step).put("next", next(step)));
            }
        }
        return left;
    }

    /** One that the CA does not know was never more than begun. */
    private static String step(JsonNode unit, OperatorDoor door) {
        try {
            String path = BatchCommands.path(unit.path("batch").asString("")) + "/units/"
                    + OperatorDoor.segment(unit.path("unit").asString(""));
            return door.get(path, Map.of()).path("state").asString("");
        } catch (CommandFailedException unknown) {
            if (unknown.exit() != ExitCode.REFUSED) {
                throw unknown;
            }
            return unit.path("step").asString("");
        }
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
