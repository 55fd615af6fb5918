package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A root's next key, made before witnesses. */
final class CeremonyIT {
    private final ProductHome home = ProductHome.create();
    private final Program shell = new Program(home.scratch(), Map.of());
    private final Path out = home.scratch().resolve("ceremony");

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void endsInARecordThatAnyoneVerifiesWithoutTheServer() throws IOException {
        home.nameplate("ceremony", "root", "--present", "Ann", "--present", "Bo", "--yes", "--out", out.toString())
                .requireDone();

        assertThat(home.nameplate(
                                "audit",
                                "verify",
                                "--file",
                                out.resolve("record.der").toString())
                        .requireDone()
                        .out())
                .contains("intact");
        String record = shell.run(Product.words("openssl cms -verify -purpose any -inform der -in "
                        + out.resolve("record.der") + " -CAfile " + home.trust()))
                .requireDone()
                .out();
        String hash = shell.run("sha256sum", out.resolve("root.pem").toString())
                .requireDone()
                .out();
        assertThat(record).contains("\"Ann\",\"Bo\"", "\"firmware\":", hash.substring(0, 64));
        assertThat(verifiesChanged("\"Bo\"", "\"Jo\"")).isEqualTo(1);
    }

    private int verifiesChanged(String from, String to) throws IOException {
        byte[] record = Files.readAllBytes(out.resolve("record.der"));
        String forged = new String(record, StandardCharsets.ISO_8859_1).replace(from, to);
        Files.write(out.resolve("forged.der"), forged.getBytes(StandardCharsets.ISO_8859_1));
        return home.nameplate(
                        "audit", "verify", "--file", out.resolve("forged.der").toString())
                .exit();
    }
}
