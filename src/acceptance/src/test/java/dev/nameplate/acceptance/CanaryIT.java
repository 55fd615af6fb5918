package dev.nameplate.acceptance;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The running product looks at itself from outside. */
final class CanaryIT {
    @Test
    void tellsHowLongTheWorldTakesToSeeARevocation() {
        try (ProductHome home = ProductHome.create()) {
            home.changeSettings(settings -> settings + ProductHome.CANARY);
            try (ServerProcess server = home.serve()) {
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> server.isAlive()
                                && home.nameplate("doctor")
                                        .out()
                                        .lines()
                                        .filter(line -> line.startsWith("canary"))
                                        .anyMatch(line -> line.contains("ok")
                                                && line.contains("seen by OCSP after")
                                                && line.contains("on the CRL after")));
            }
        }
    }
}
