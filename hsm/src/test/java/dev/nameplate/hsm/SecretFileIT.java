package dev.nameplate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretFileIT {
    @TempDir
    Path directory;

    @Test
    void readsTheFirstLine() throws IOException {
        assertThat(Secret.read(file("2468\r\nsecond line\n")).matches(Secret.of("2468")))
                .isTrue();
        assertThat(Secret.read(file("2468")).matches(Secret.of("2468"))).isTrue();
    }

    @Test
    void refusesAFileWithoutASecret() throws IOException {
        Path empty = file("\n2468");

        assertThatThrownBy(() -> Secret.read(empty))
                .isInstanceOf(PinMissingException.class)
                .hasMessageContaining(empty.toString());
        assertThatThrownBy(() -> Secret.read(directory.resolve("none")))
                .isInstanceOf(PinMissingException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void neverRepeatsWhatItCouldNotUse() throws IOException {
        Path tooLong = file("no-path-has-this ".repeat(300));
        Path notText = directory.resolve("binary");
        Files.write(notText, new byte[] {'4', '2', (byte) 0xff});

        assertThatThrownBy(() -> Secret.read(tooLong)).message().doesNotContain("no-path-has-this");
        assertThatThrownBy(() -> Secret.read(notText))
                .isInstanceOf(PinMissingException.class)
                .hasMessageContaining("UTF-8");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("pin"), content);
    }
}
