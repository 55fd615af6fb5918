package dev.nameplate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.hsm.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Pkcs11SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "token.max-sessions, 0, 1, PT1S, PT1S, PT1S",
        "token.max-sessions, 5000, 1, PT1S, PT1S, PT1S",
        "token.max-waiting, 1, 0, PT1S, PT1S, PT1S",
        "token.session-idle, 1, 1, PT0S, PT1S, PT1S",
        "token.session-wait, 1, 1, PT1S, PT-1S, PT1S",
        "token.session-wait, 1, 1, PT1S, PT1H, PT1S",
        "token.recovery-interval, 1, 1, PT1S, PT1S, PT0S",
    })
    void namesTheKeyThatIsWrong(
            String key, int sessions, int waiting, Duration idle, Duration wait, Duration interval) {
        assertThatThrownBy(() -> new Pkcs11Settings(
                        Path.of("lib.so"), "t", () -> Secret.of("1"), sessions, waiting, idle, wait, interval))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key);
    }

    @ParameterizedTest
    @CsvSource({"''", "' t'", "abcdefghijklmnopqrstuvwxyz0123456789"})
    void refusesALabelNoTokenCanHave(String label) {
        assertThatThrownBy(() -> Pkcs11Settings.of(Path.of("lib.so"), label, () -> Secret.of("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("token.label");
    }

    @Test
    void doesNotShowThePin() {
        assertThat(Pkcs11Settings.of(Path.of("lib.so"), "t", () -> Secret.of("2468"))
                        .toString())
                .doesNotContain("2468");
    }
}
