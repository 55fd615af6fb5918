package dev.nameplate.ca.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fuzz target on its seeds, and on what it once found, without the fuzzer. */
class SeedsIT {
    private static final Path SEEDS = Path.of("src/test/fuzz");
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Duration QUICK = Duration.ofSeconds(20);

    static List<Arguments> seeds() throws IOException {
        try (Stream<Path> files = Files.walk(SEEDS)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> Arguments.of(
                            file.getParent().getFileName().toString(),
                            file.getFileName().toString()))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void survivesTheSeed(String target, String seed) throws Throwable {
        MethodHandle fuzzed = MethodHandles.publicLookup()
                .findStatic(
                        Class.forName(target), "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
        byte[] input = Files.readAllBytes(SEEDS.resolve(target).resolve(seed));

        assertTimeoutPreemptively(QUICK, () -> {
            fuzzed.invoke(input);
        });
    }

    @Test
    void everyTargetHasSeeds() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            List<String> targets = sources.map(SOURCES::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith("Fuzz.java"))
                    .map(name -> name.replace(".java", "").replace('/', '.'))
                    .toList();

            assertThat(targets)
                    .isNotEmpty()
                    .allSatisfy(target -> assertThat(SEEDS.resolve(target)).isNotEmptyDirectory());
        }
    }
}
