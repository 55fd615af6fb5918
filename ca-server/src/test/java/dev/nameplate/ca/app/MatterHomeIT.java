package dev.nameplate.ca.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.health.HealthCheck;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home whose settings get the issuers of Matter's certificates when it is in use already. */
class MatterHomeIT {
    private static final String ISSUERS = """
            issuers:
              matter-paa:
                subject: CN=Example PAA,VID=FFF1
                key: ec-p256
                validity: forever
                path-length: 1
              matter-pai:
                parent: matter-paa
                subject: CN=Example PAI,VID=FFF1
                key: ec-p256
                validity: forever
                path-length: 0
            """;

    @Test
    void saysWhatIsMissingAndWorksWithoutResponders(@TempDir Path directory) throws IOException {
        try (SimulatedHome home = new SimulatedHome(directory, settings -> settings)) {
            home.change(settings -> settings.replaceFirst("(?m)^issuers:\n", ISSUERS));
            try (Server server = home.start()) {
                Finding missing = find(server, "issuers");
                assertThat(missing.says()).contains("issuers.matter-paa", "no key yet");
                assertThat(missing.remedy())
                        .hasValueSatisfying(remedy -> assertThat(remedy).contains("nameplate init"));
            }

            home.found();

            try (Server server = home.start()) {
                assertThat(find(server, "issuers")).isEqualTo(Finding.ok("5 issuers have valid certificates"));
                assertThat(find(server, "ocsp")).isEqualTo(Finding.ok("3 responders have good certificates and sign"));
            }
        }
    }

    private static Finding find(Server server, String name) {
        return server.health().all().stream()
                .filter(check -> check.name().equals(name))
                .map(HealthCheck::find)
                .findFirst()
                .orElseThrow();
    }
}
