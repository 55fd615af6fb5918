package dev.nameplate.bench;

import dev.nameplate.bench.Figure.Goal;
import dev.nameplate.bench.Figure.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What a run found, for people and for programs. */
final class Report {
    private static final String ROW = "%-46s %12s %-23s %-34s %-4s %-36s %s%n";

    private final String name;
    private final Machine machine;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(String name, Machine machine) {
        this.name = name;
        this.machine = machine;
        Stream.of("NAMEPLATE_JAVA_OPTS", "NAMEPLATE_SERVE_OPTS")
                .filter(variable -> System.getenv(variable) != null)
                .forEach(variable -> note(variable + " is set: " + System.getenv(variable)));
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    void note(String text) {
        notes.add(text);
    }

    /** The table to the screen, everything to {@code NAME-DATE.json} in the directory. */
    void publish(Path results) {
        System.out.printf(
                "%n%s, %d cores, %s%nload before: %s, commit %s%n%n",
                machine.processor(), machine.cores(), machine.jdk(), machine.loadBefore(), machine.commit());
        System.out.printf(ROW, "figure", "median", "[least..most]", "goal", "", "beside, in the same run", "ratio");
        figures.forEach(figure -> System.out.print(row(figure)));
        notes.forEach(note -> System.out.println("note: " + note));
        System.out.println("all of it in " + write(results));
    }

    private static String row(Figure figure) {
        Spread measured = figure.measured();
        return ROW.formatted(
                figure.name(),
                number(measured.median()) + " " + figure.unit(),
                "[" + number(measured.least()) + ".." + number(measured.most()) + "]",
                figure.goal().map(Report::words).orElse(""),
                figure.reached().map(reached -> reached ? "yes" : "NO").orElse(""),
                figure.reference().map(Report::words).orElse(""),
                figure.ratio().map(ratio -> number(ratio) + " x").orElse(""));
    }

    private static String words(Goal goal) {
        String sign = goal.bound() == Figure.Bound.AT_MOST ? "<= " : ">= ";
        return sign + number(goal.limit()) + (goal.words().isEmpty() ? "" : " (" + goal.words() + ")");
    }

    private static String words(Reference reference) {
        return reference.name() + " " + number(reference.value());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }

    private Path write(Path results) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("bench", name);
        all.put("machine", machine);
        all.put("figures", figures.stream().map(Report::json).toList());
        all.put("notes", notes);
        String date = machine.date().replaceAll("\\..*", "").replace(":", "");
        try {
            Files.createDirectories(results);
            Path file = results.resolve(name + "-" + date + ".json");
            return Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> json(Figure figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", figure.name());
        fields.put("unit", figure.unit());
        fields.put("median", figure.measured().median());
        fields.put("least", figure.measured().least());
        fields.put("most", figure.measured().most());
        figure.goal().ifPresent(goal -> fields.put("goal", goal));
        figure.reached().ifPresent(reached -> fields.put("reached", reached));
        figure.reference().ifPresent(reference -> fields.put("reference", reference));
        figure.ratio().ifPresent(ratio -> fields.put("ratio", ratio));
        return fields;
    }
}
