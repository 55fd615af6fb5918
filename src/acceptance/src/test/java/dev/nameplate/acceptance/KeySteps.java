package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What an operator asks for when keys are replaced. */
final class KeySteps {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OperatorApi api;

    KeySteps(OperatorApi api) {
        this.api = api;
    }

    void rotate(String issuer, int generation) {
        step(issuer, generation, "");
        step(issuer, generation, "publication");
        step(issuer, generation, "activation");
    }

    /** Asked for until it is possible: every process has to know of the step before. */
    void step(String issuer, int generation, String step) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            Answer answer = api.ask(path(issuer, generation, step), body(step));
            assertThat(answer.status())
                    .as("%s of %s/%s: %s", step, issuer, generation, answer)
                    .isEqualTo(200);
        });
    }

    void changeKeys(String kind) throws IOException {
        Answer answer = api.ask("/api/v1/keys/" + kind + "/rotation", Map.of());
        assertThat(answer.status()).as("%s: %s", kind, answer).isEqualTo(200);
    }

    static String path(String issuer, int generation, String step) {
        String generations = "/api/v1/issuers/" + issuer + "/generations";
        return step.isEmpty() ? generations : generations + "/" + generation + "/" + step;
    }

    static Map<String, ?> body(String step) {
        return step.isEmpty() || step.equals("publication") ? Map.of() : Map.of("force", true);
    }
}
