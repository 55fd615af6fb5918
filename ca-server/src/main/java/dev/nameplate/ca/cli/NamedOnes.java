package dev.nameplate.ca.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Devices or serials by name, out of a file: one a line, or a CSV. Of a CSV the column counts whose first line says
 * {@code serial} or {@code device}; else the first.
 */
final class NamedOnes {
    private static final Pattern SEPARATOR = Pattern.compile("[,;\t]");

    private final String kind;
    private final Pattern form;
    private final Path file;

    private NamedOnes(String kind, String form, Path file) {
        this.kind = kind;
        this.form = Pattern.compile(form);
        this.file = file;
    }

    static NamedOnes serials(Path file) {
        return new NamedOnes("serial", "[0-9A-Fa-f:]{1,60}", file);
    }

    static NamedOnes devices(Path file) {
        return new NamedOnes("device", "[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}", file);
    }

    /** @throws CommandFailedException naming the first line that holds none */
    List<String> read() {
        try (Stream<String> lines = Files.lines(file)) {
            List<String> found = new ArrayList<>();
            var place = new Object() {
                int line;
                int column;
            };
            lines.forEach(line -> {
                place.line++;
                List<String> cells = cells(line);
                if (place.line == 1 && cells.contains(kind)) {
                    place.column = cells.indexOf(kind);
                } else if (!line.isBlank()) {
                    found.add(checked(cells, place.column, place.line));
                }
            });
            return found;
        } catch (MalformedInputException | UncheckedIOException e) {
            throw CommandFailedException.wrongUsage(file + " is no text: " + e.getMessage());
        } catch (IOException e) {
            throw CommandFailedException.wrongUsage(file + " cannot be read: " + e.getMessage());
        }
    }

    private String checked(List<String> cells, int column, int line) {
        String text = column < cells.size() ? cells.get(column) : "";
        if (!form.matcher(text).matches()) {
            throw CommandFailedException.wrongUsage(
                    file + ", line " + line + ": this is no " + kind + ": " + text.replaceAll("\\p{Cntrl}", "?"));
        }
        return text;
    }

    private static List<String> cells(String line) {
        return Stream.of(SEPARATOR.split(line, -1))
                .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
                .toList();
    }
}
