package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.est.BasicCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disk that takes no more bytes: nothing is released that could not be recorded, and nobody has to restart it. */
final class DiskFullIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProductHome home = ProductHome.create();
    private final ServerProcess server = home.serve();
    private final OperatorApi api = home.operatorApi();
    private final EstDoor door = EstDoor.of(home);

    @AfterEach
    void close() {
        door.close();
        api.close();
        server.close();
        home.close();
    }

    @Test
    void refusesWhileTheDiskIsFullAndGoesOnWhenItIsNot() throws IOException {
        api.register("sensor");
        var code = new BasicCredentials("sensor", api.code("sensor"));
        byte[] csr = csr();
        limitFiles("0:");

        Answer full = door.enrol(code, csr);

        assertThat(full.status()).isEqualTo(503);
        assertThat(full.header("Retry-After").orElse("")).matches("[0-9]+");
        assertThat(door.caCerts().status()).isEqualTo(200);
        limitFiles("unlimited:");
        await().atMost(PATIENCE).until(() -> door.enrol(code, csr).status() == 200);
        assertThat(api.certificatesOf("sensor")).hasSize(1);
        assertThat(home.nameplate("audit", "verify").exit()).isZero();
    }

    /** Of the running process; a read-only directory would not stop root. */
    private void limitFiles(String soft) {
        new Program(home.scratch(), Map.of())
                .run("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + soft)
                .requireDone();
    }

    private byte[] csr() throws IOException {
        Program openssl = new Program(home.scratch(), Map.of());
        openssl.run(Product.words("openssl ecparam -name prime256v1 -genkey -noout -out full.key"))
                .requireDone();
        openssl.run(Product.words("openssl req -new -key full.key -subj /CN=sensor -out full.csr"))
                .requireDone();
        return Files.readAllBytes(home.scratch().resolve("full.csr"));
    }
}
