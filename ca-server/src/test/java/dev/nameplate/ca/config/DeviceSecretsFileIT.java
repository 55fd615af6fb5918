package dev.nameplate.ca.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSecretsFileIT {
    private static final DeviceId SENSOR = new DeviceId("sensor-1");
    private static final String KEY = "000102030405060708090a0b0c0d0eff";

    @TempDir
    private Path directory;

    private Path file;
    private DeviceSecretsFile secrets;

    @BeforeEach
    void noFileYet() {
        file = directory.resolve("device-keys");
        secrets = new DeviceSecretsFile(file);
    }

    @Test
    void findsNothingWhereThereIsNoFile() {
        assertThat(secrets.find(SENSOR, "0a")).isEmpty();
    }

    @Test
    void findsTheSecretOfTheDeviceByItsIdAndSeesNewLines() throws IOException {
        Files.writeString(file, "sensor-10 0a " + KEY + "\n");
        assertThat(secrets.find(SENSOR, "0a")).isEmpty();

        Files.writeString(file, "sensor-10 0a ffff\nsensor-1 0b " + KEY + KEY + "\nsensor-1 0a " + KEY);

        assertThat(secrets.find(SENSOR, "0a").orElseThrow())
                .hasSize(16)
                .startsWith(0, 1, 2)
                .endsWith(0x0e, 0xff);
        assertThat(secrets.find(SENSOR, "0b").orElseThrow()).hasSize(32);
        assertThat(secrets.find(SENSOR, "0c")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sensor-1 0a ", "sensor-1 0a 00", "sensor-1 0a xx0102030405060708090a0b0c0d0eff", "sensor-1", ""
            })
    void takesNothingElseForAnAesKey(String line) throws IOException {
        Files.writeString(file, line + "\n");

        assertThat(secrets.find(SENSOR, "0a")).isEmpty();
    }
}
