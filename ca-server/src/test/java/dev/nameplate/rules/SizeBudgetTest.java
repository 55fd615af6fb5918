package dev.nameplate.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How big code may grow, over the sources of all modules. */
class SizeBudgetTest {
    private static final Sources SOURCES =
            new Sources(Path.of("..").toAbsolutePath().normalize());
    private static final List<MethodSize> METHODS = SOURCES.methods();
    private static final List<Integer> METHOD_LENGTHS =
            METHODS.stream().filter(MethodSize::hasBody).map(MethodSize::lines).toList();

    @Test
    void seesTheSources() {
        assertThat(SOURCES.files()).hasSizeGreaterThan(40);
        assertThat(METHODS).hasSizeGreaterThan(50);
    }

    @Test
    void halfOfTheMethodsAreReadAtAGlance() {
        assertThat(shareUnder(8, METHOD_LENGTHS))
                .as("share of methods under 8 lines")
                .isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void nearlyAllMethodsFitHalfAScreen() {
        assertThat(shareUnder(30, METHOD_LENGTHS))
                .as("share of methods under 30 lines")
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void noMethodIsLongerThanAScreen() {
        assertThat(METHODS).filteredOn(method -> method.lines() > 60).isEmpty();
    }

    @Test
    void nothingTakesMoreThanItsReaderCanHold() {
        assertThat(METHODS).filteredOn(MethodSize::takesTooMuch).isEmpty();
    }

    @Test
    void halfOfTheFilesAreShort() {
        assertThat(shareUnder(90, SOURCES.lengths()))
                .as("share of files under 90 lines")
                .isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void noFileIsABook() {
        assertThat(SOURCES.files())
                .filteredOn(file -> Sources.length(file) > 500)
                .isEmpty();
    }

    private static double shareUnder(int limit, List<Integer> lengths) {
        return (double) lengths.stream().filter(length -> length < limit).count() / lengths.size();
    }
}
