package dev.nameplate.ca.cli.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.cli.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nameplate est serverkeygen} opens what comes sealed by a secret that it shares with the server. */
class ServerKeygenCommandIT {
    private static final String ID = "0a0b0c";
    private static final String SECRET = "00112233445566778899aabbccddeeff";

    @TempDir
    private Path files;

    private final EstStub server = new EstStub(_ -> false);

    ServerKeygenCommandIT() throws IOException {}

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void opensAKeyThatComesSealedByTheSecret() throws IOException {
        EstRun run = serverKeygen(SECRET, ID + " " + SECRET + "\n");

        assertThat(run.exit()).as(run.err()).isZero();
        KeyPair opened = PemFiles.keyPair(files.resolve("made.key"));
        assertThat(((ECPrivateKey) opened.getPrivate()).getS())
                .isEqualTo(((ECPrivateKey) server.made().getPrivate()).getS());
    }

    @Test
    void writesNothingIfAnotherSecretSealedIt() throws IOException {
        EstRun run = serverKeygen("ff".repeat(32), ID + " " + SECRET);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("does not open");
        assertThat(files.resolve("made.key")).doesNotExist();
    }

    @Test
    void takesNoSecretThatIsNone() throws IOException {
        for (String line : List.of("", SECRET, ID + " 0011", "id " + SECRET, ID + " " + SECRET + " more")) {
            EstRun run = serverKeygen(SECRET, line);

            assertThat(run.exit()).as(line).isEqualTo(2);
            assertThat(run.err()).contains("ID KEY").doesNotContain(SECRET);
        }
        assertThat(server.seen()).isEmpty();
    }

    private EstRun serverKeygen(String sealing, String line) throws IOException {
        server.sealsBy(HexFormat.of().parseHex(sealing));
        Path secret = Files.writeString(files.resolve("secret"), line);
        return EstRun.of(
                server,
                files,
                "serverkeygen",
                "--request-key",
                at("request.key"),
                "--decrypt-secret",
                secret.toString(),
                "--key-out",
                at("made.key"),
                "--out",
                at("made.pem"));
    }

    private String at(String name) {
        return files.resolve(name).toString();
    }
}
