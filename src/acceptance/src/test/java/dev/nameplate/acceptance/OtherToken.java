package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A second token of the same SoftHSM, which a home moves to as the guide says. */
final class OtherToken {
    private static final String FORMER = "\ntokens:\n  former: { module: " + SoftToken.module()
            + ", label: nameplate, pin-file: secrets/token.pin }\n";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProductHome home;
    private final Program shell;
    private final List<Path> former;

    private OtherToken(ProductHome home) {
        this.home = home;
        this.shell = new Program(home.scratch(), home.token().environment());
        this.former = tokens();
    }

    /** The settings name it as the token from now on, and not the one before. */
    static OtherToken beside(ProductHome home) {
        OtherToken other = new OtherToken(home);
        other.shell
                .run(Product.words(
                        "softhsm2-util --init-token --free --label second --pin 4711-second --so-pin 0815-second"))
                .requireDone();
        try {
            Files.writeString(home.path().resolve("secrets/second.pin"), "4711-second");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        home.changeSettings(settings -> settings.replace("label: nameplate", "label: second")
                .replace("pin-file: secrets/token.pin", "pin-file: secrets/second.pin"));
        return other;
    }

    void nameTheFormer() {
        home.changeSettings(settings -> settings + FORMER);
    }

    /** With the server down. */
    void removeTheFormer() {
        home.changeSettings(settings -> settings.replace(FORMER, ""));
        for (Path token : former) {
            shell.run("rm", "-r", token.toString()).requireDone();
        }
    }

    static void destroy(OperatorApi api, String issuer, int generation) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(
                                api.ask(KeySteps.path(issuer, generation, "destruction"), KeySteps.body("destruction"))
                                        .text())
                        .contains("\"destroyed\""));
    }

    /** The states of what is, or was, in the token before. */
    static List<String> statesOfTheFormer(OperatorApi api) throws IOException {
        List<String> states = new ArrayList<>();
        JsonNode keys = JsonMapper.shared().readTree(api.get("/api/v1/keys").body());
        for (JsonNode key : keys.path("items")) {
            if (key.path("token").asString("").equals("nameplate")) {
                states.add(key.path("state").asString());
            }
        }
        return states;
    }

    private List<Path> tokens() {
        try (var all = Files.list(home.token().tokens())) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
