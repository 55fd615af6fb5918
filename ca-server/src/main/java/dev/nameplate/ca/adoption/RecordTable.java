package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.CsvLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Records with one line per certificate: comma-separated values whose first line names the columns ({@link CsvColumns}), or the
 * {@code index.txt} of {@code openssl ca}.
 */
record RecordTable(Path file) implements PastReader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Override
    public void read(Told told) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            if (first == null) {
                return;
            }
            if (first.indexOf('\t') >= 0) {
                tell(first, 1, IndexLine::read, told);
                readOn(lines, IndexLine::read, told);
            } else {
                readOn(lines, columns(first, told), told);
            }
        }
    }

    private Function<String, Past> columns(String head, Told told) {
        String names = !head.isEmpty() && head.charAt(0) == BYTE_ORDER_MARK ? head.substring(1) : head;
        try {
            List<String> columns = CsvLine.split(names).stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            return new CsvColumns(columns)::read;
        } catch (IllegalArgumentException e) {
            told.wrong(file + " line 1", String.valueOf(e.getMessage()));
            return line -> {
                throw new IllegalArgumentException("the columns are not known: " + line.length() + " characters");
            };
        }
    }

    private void readOn(BufferedReader lines, Function<String, Past> reader, Told told) throws IOException {
        long number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                tell(line, number, reader, told);
            }
        }
    }

    private void tell(String line, long number, Function<String, Past> reader, Told told) {
        String where = file + " line " + number;
        Past past;
        try {
            past = reader.apply(line);
        } catch (IllegalArgumentException e) {
            told.wrong(where, String.valueOf(e.getMessage()));
            return;
        }
        told.past(where, past);
    }
}
