package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that cannot serve says why, in a line, and ends. */
final class BadStartIT {
    private static final int FAULT = 3;

    private final ProductHome home = ProductHome.create();

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void saysThatThePinIsWrong() throws IOException {
        Files.writeString(pinFile(), "999999\n");

        Program.Ended ended = home.serveInVain();

        assertThat(ended.exit()).isEqualTo(FAULT);
        assertThat(ended.err().strip())
                .hasLineCount(1)
                .containsIgnoringCase("PIN")
                .doesNotContain("999999");
    }

    @Test
    void saysThatTheTokenIsNotThere() {
        home.token().takeAway();

        Program.Ended ended = home.serveInVain();

        assertThat(ended.exit()).isEqualTo(FAULT);
        assertThat(ended.err().strip()).hasLineCount(1).containsIgnoringCase("token");
    }

    @Test
    void saysThatAnotherProcessHasTheDatabase() {
        try (ServerProcess first = home.serve()) {
            Program.Ended second = home.serveInVain();

            assertThat(second.exit()).isEqualTo(FAULT);
            assertThat(second.err().strip())
                    .hasLineCount(1)
                    .containsIgnoringCase("database")
                    .containsIgnoringCase("another process");
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void namesEveryWrongKeyOfTheSettingsAtOnce() {
        home.changeSettings(settings -> settings.replace("  max-sessions: 8", "  max-sesions: 8\n  max-waiting: many")
                        .replace("audit:\n", "audit:\n  colour: red\n")
                + "\nnonsense: true\n");

        Program.Ended ended = home.serveInVain();

        assertThat(ended.exit()).isNotZero();
        assertThat(ended.err())
                .contains("token.max-sesions: unknown key", "audit.colour: unknown key", "nonsense: unknown key")
                .contains("token.max-waiting")
                .doesNotContain("\tat ");
    }

    private Path pinFile() throws IOException {
        String settings = Files.readString(home.path().resolve("nameplate.yaml"));
        Matcher matcher = Pattern.compile("pin-file: *\"?([^\"\\s]+)").matcher(settings);
        assertThat(matcher.find()).isTrue();
        return home.path().resolve(matcher.group(1));
    }
}
