package dev.nameplate.ca.factory.manifest;

import dev.nameplate.ca.pki.CsvLine;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Comma-separated values with a head that names at least {@code id} and {@code key}; other columns become facts. Values may be in
 * quotes (RFC 4180), but not go over several lines.
 */
public final class CsvManifest implements ManifestReader {
    private static final String ID = "id";
    private static final String KEY = "key";

    @Override
    public void read(InputStream manifest, Consumer<ManifestLine> told) throws IOException {
        Lines lines = new Lines(manifest);
        Optional<List<String>> head = head(lines, told);
        if (head.isEmpty()) {
            return;
        }
        Duplicates duplicates = new Duplicates();
        Optional<ManifestLine> next = next(lines, head.get(), duplicates);
        while (next.isPresent()) {
            told.accept(next.get());
            next = next(lines, head.get(), duplicates);
        }
    }

    private static Optional<List<String>> head(Lines lines, Consumer<ManifestLine> told) throws IOException {
        try {
            List<String> head = split(lines.next().orElse("")).stream()
                    .map(String::strip)
                    .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                    .toList();
            if (head.contains(ID) && head.contains(KEY)) {
                return Optional.of(head);
            }
            told.accept(new ManifestLine.Wrong(1, "the first line must name the columns, id and key among them"));
        } catch (WrongLineException wrong) {
            told.accept(new ManifestLine.Wrong(1, wrong.why()));
        }
        return Optional.empty();
    }

    private static Optional<ManifestLine> next(Lines lines, List<String> head, Duplicates duplicates)
            throws IOException {
        try {
            Optional<String> line = lines.next();
            while (line.isPresent() && line.get().isEmpty()) {
                line = lines.next();
            }
            if (line.isEmpty()) {
                return Optional.empty();
            }
            ManifestUnit unit = unit(split(line.get()), head);
            duplicates.refuse(unit);
            return Optional.of(new ManifestLine.Good(lines.number(), unit));
        } catch (WrongLineException wrong) {
            return Optional.of(new ManifestLine.Wrong(lines.number(), wrong.why()));
        }
    }

    private static ManifestUnit unit(List<String> values, List<String> head) throws WrongLineException {
        if (values.size() != head.size()) {
            throw new WrongLineException("it has " + values.size() + " values, the head names " + head.size());
        }
        Map<String, String> facts = new TreeMap<>();
        for (int column = 0; column < head.size(); column++) {
            facts.put(head.get(column), values.get(column).strip());
        }
        facts.remove(ID);
        facts.remove(KEY);
        return new ManifestUnit(
                PublicKeyText.id(values.get(head.indexOf(ID)).strip()),
                PublicKeyText.parse(values.get(head.indexOf(KEY)).strip()),
                facts);
    }

    private static List<String> split(String line) throws WrongLineException {
        try {
            return CsvLine.split(line);
        } catch (IllegalArgumentException wrong) {
            throw new WrongLineException(String.valueOf(wrong.getMessage()));
        }
    }
}
