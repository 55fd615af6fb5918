package dev.nameplate.ca.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Aligned rows. */
record Table(List<List<String>> rows) {
    private static final String GAP = "  ";

    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            cells.add(row.get(i) + " ".repeat(widths[i] - row.get(i).length()));
        }
        return String.join(GAP, cells).stripTrailing();
    }
}
