package dev.nameplate.ca.pki;

import java.util.ArrayList;
import java.util.List;

/** One line of comma-separated values: in quotes or not (RFC 4180), but never over several lines. */
public final class CsvLine {
    private CsvLine() {}

    /** @throws IllegalArgumentException if a quote is not closed */
    public static List<String> split(String line) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            boolean doubled = quoted && c == '"' && at + 1 < line.length() && line.charAt(at + 1) == '"';
            if (doubled) {
                value.append(c);
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed on this line");
        }
        values.add(value.toString());
        return values;
    }
}
