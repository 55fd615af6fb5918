package dev.nameplate.ca.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlFileIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void namesEveryWrongKeyByItsPath() {
        assertThatThrownBy(() -> read("""
                nonsense: true
                token:
                  max-sesions: 8
                  max-waiting: many
                  label: [a, b]
                profiles:
                  ldevid: red
                  idevid:
                    colour: red
                audit: often
                """))
                .isInstanceOfSatisfying(SettingsException.class, wrong -> assertThat(
                                wrong.problems())
                        .containsExactlyInAnyOrder(
                                "nonsense: unknown key",
                                "token.max-sesions: unknown key",
                                "token.max-waiting: cannot be many (line 4)",
                                "token.label: cannot be a list (line 5)",
                                "profiles.ldevid: cannot be a value, it has keys of its own (line 7)",
                                "profiles.idevid.colour: unknown key",
                                "audit: cannot be a value, it has keys of its own (line 10)"));
    }

    @Test
    void saysWhereTheFileIsNoYaml() {
        assertThatThrownBy(() -> read("doors: {"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("nameplate.yaml");
    }

    private SettingsFile read(String text) throws IOException {
        return YamlFile.read(Files.writeString(directory.resolve("nameplate.yaml"), text));
    }
}
