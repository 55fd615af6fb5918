package dev.nameplate.ca.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a command says what came of it: for people, or as JSON and nothing else. */
final class Screen {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final PrintWriter out;
    private final boolean json;

    Screen(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** One line for people; the object for programs. */
    void done(String line, JsonNode object) {
        out.println(json ? object.toString() : line);
        out.flush();
    }

    /** One labelled line per column. */
    void describe(JsonNode object, List<Column> columns) {
        if (json) {
            done("", object);
            return;
        }
        List<List<String>> rows = columns.stream()
                .map(column -> List.of(column.name() + ":", column.text().apply(object)))
                .toList();
        new Table(rows).lines().forEach(out::println);
        out.flush();
    }

    /** As it is, for people and programs alike. */
    void raw(String text) {
        out.print(text);
        out.flush();
    }

    /** @param pages shows every page of the list to whom it is given */
    void list(List<Column> columns, Consumer<Consumer<JsonNode>> pages) {
        if (json) {
            array(pages);
        } else {
            table(columns, pages);
        }
        out.flush();
    }

    JsonMapper mapper() {
        return JSON;
    }

    private void array(Consumer<Consumer<JsonNode>> pages) {
        var separator = new Object() {
            String next = "[";
        };
        pages.accept(page -> page.forEach(item -> {
            out.print(separator.next);
            out.print(item);
            separator.next = ",\n";
        }));
        out.println(separator.next.equals("[") ? "[]" : "]");
    }

    private void table(List<Column> columns, Consumer<Consumer<JsonNode>> pages) {
        List<List<String>> heads = List.of(columns.stream()
                .map(column -> column.name().toUpperCase(Locale.ROOT))
                .toList());
        List<List<String>> rows = new ArrayList<>(heads);
        pages.accept(page -> {
            page.forEach(item -> rows.add(
                    columns.stream().map(column -> column.text().apply(item)).toList()));
            new Table(rows).lines().forEach(out::println);
            rows.clear();
        });
    }
}
