package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstPathTest {
    @ParameterizedTest
    @EnumSource
    void findsEachOperationWithAndWithoutLabel(EstOperation operation) {
        assertThat(EstPath.parse("/.well-known/est/" + operation.segment()))
                .isEqualTo(new EstPath.Addressed(Optional.empty(), operation));
        assertThat(EstPath.parse("/.well-known/est/lab1/" + operation.segment()))
                .isEqualTo(new EstPath.Addressed(Optional.of(new EstLabel("lab1")), operation));
    }

    @ParameterizedTest
    @CsvSource({
        "CACERTS, cacerts, GET",
        "SIMPLEENROLL, simpleenroll, POST",
        "SIMPLEREENROLL, simplereenroll, POST",
        "CSRATTRS, csrattrs, GET",
        "SERVERKEYGEN, serverkeygen, POST",
        "FULLCMC, fullcmc, POST",
    })
    void knowsSegmentAndMethodOfEachOperation(EstOperation operation, String segment, String method) {
        assertThat(operation.segment()).isEqualTo(segment);
        assertThat(operation.method()).isEqualTo(method);
    }

    @ParameterizedTest
    @CsvSource({
        "/.well-known/est/l%61b/cacerts, lab",
        "/.well-known/est/LAB/cacerts, LAB",
        "/.well-known/est/a%20b/cacerts, a b",
        "/.well-known/est/%C3%A9/cacerts, é",
        "/.well-known/est/%252f/cacerts, %2f",
        "/.well-known/est/%2563acerts/cacerts, %63acerts",
        "/.well-known/est/lab/cacert%73, lab",
    })
    void undoesPercentEncodingOnce(String path, String label) {
        assertThat(EstPath.parse(path))
                .isEqualTo(new EstPath.Addressed(Optional.of(new EstLabel(label)), EstOperation.CACERTS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/.well-known/est",
                "/.well-known/est/",
                "/.well-known/EST/cacerts",
                "/.well-known/est/nothing",
                "/.well-known/est/Cacerts",
                "/.well-known/est/lab1",
                "/.well-known/est/lab1/",
                "/.well-known/est/cacerts/",
                "/.well-known/est//cacerts",
                "/.well-known/est/a/b/cacerts",
                "/.well-known/est/cacerts/cacerts",
                "/.well-known/est/simpleenroll/cacerts",
                "/.well-known/est/%63acerts/cacerts",
                "/.well-known/est/../cacerts",
                "/.well-known/est/./cacerts",
                "/.well-known/est/%2e%2e/cacerts",
                "/.well-known/est/%2E/cacerts",
                "/.well-known/est/a%2fb/cacerts",
                "/.well-known/est/a%5cb/cacerts",
                "/.well-known/est/a%00/cacerts",
                "/.well-known/est/a%0a/cacerts",
                "/.well-known/est/a%/cacerts",
                "/.well-known/est/a%2/cacerts",
                "/.well-known/est/a%zz/cacerts",
                "/.well-known/est/a%+1/cacerts",
                "/.well-known/est/%ff/cacerts",
                "/.well-known/est/%c0%af/cacerts",
            })
    void findsNothingElse(String path) {
        assertThat(EstPath.parse(path))
                .isInstanceOfSatisfying(
                        EstPath.NotFound.class,
                        notFound -> assertThat(notFound.reason()).isNotBlank());
    }

    @Test
    void refusesALabelTooLong() {
        assertThat(EstPath.parse("/.well-known/est/" + "a".repeat(129) + "/cacerts"))
                .isInstanceOf(EstPath.NotFound.class);
        assertThat(EstPath.parse("/.well-known/est/" + "a".repeat(128) + "/cacerts"))
                .isInstanceOf(EstPath.Addressed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cacerts", "fullcmc", "..", ".", "a/b", "a\\b", "a\u0000"})
    void allowsNoSuchLabelInTheSettingsEither(String label) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EstLabel(label));
    }
}
