package dev.nameplate.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the conformance page calls a test is one: every class is there, and every method and nested class in it. */
class ConformancePageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("src/docs/est-conformance.md");
    private static final Pattern REMARK = Pattern.compile(" \\([^)]*\\)");
    private static final Pattern CLASS = Pattern.compile("[A-Z][A-Za-z0-9]*(?:Test|IT)");

    private final Map<String, String> sources = sources();

    @Test
    void namesTestsThatExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String cell : cells()) {
            String source = "";
            for (String name : REMARK.matcher(cell).replaceAll("").split(", ", -1)) {
                String[] parts = name.strip().split("\\.", 2);
                boolean ofClass = CLASS.matcher(parts[0]).matches();
                source = ofClass ? sources.getOrDefault(parts[0], "") : source;
                String member = ofClass && parts.length == 1 ? "" : parts[parts.length - 1];
                if (source.isEmpty() || !has(source, member)) {
                    missing.add(name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void saysATestForEveryRequirement() throws IOException {
        assertThat(cells()).hasSizeGreaterThan(60).noneMatch(String::isBlank);
    }

    /** A test, or a nested class of tests; the class as a whole if neither is named. */
    private static boolean has(String source, String member) {
        return member.isEmpty() || source.contains("void " + member + "(") || source.contains("class " + member + " ");
    }

    /** The last column of every table. */
    private static List<String> cells() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| requirement"))
                .map(line -> line.substring(line.lastIndexOf(" | ") + 3, line.lastIndexOf('|'))
                        .strip())
                .toList();
    }

    private static Map<String, String> sources() {
        return Stream.of("est-protocol", "hsm", "schema", "ca-server", "src/acceptance")
                .map(module -> ROOT.resolve(module).resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(ConformancePageTest::files)
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        ConformancePageTest::text,
                        String::concat));
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
