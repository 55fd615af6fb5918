package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code nameplate doctor --est} on the product itself, as init makes it. */
@ExtendWith(Product.Shared.class)
final class EstDoctorIT {
    private final ProductHome home;

    EstDoctorIT(Product product) {
        this.home = product.home();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "one-line", "gateway"})
    void findsNothingWrongWithTheLabelsAsTheyAreShipped(String label) {
        String device = "examined-" + label;
        home.nameplate("device", "register", device, "--attribute", "dns=" + device + ".example.com")
                .requireDone();
        String code = json(home.nameplate("code", "create", device, "--json"))
                .path("code")
                .asString();

        assertThat(wrong(doctor(label, "--user", device, "--code", code))).isEmpty();

        Path key = home.scratch().resolve(device + ".key");
        Path certificate = home.scratch().resolve(device + ".pem");
        enroll(device, label, key, certificate);

        List<JsonNode> findings = doctor(label, "--cert", certificate.toString(), "--cert-key", key.toString());
        assertThat(wrong(findings)).isEmpty();
        assertThat(findings)
                .filteredOn(finding -> finding.path("check").asString().startsWith("reenroll"))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.path("state").asString())
                        .as(finding.toString())
                        .isEqualTo("ok"));
    }

    private void enroll(String device, String label, Path key, Path certificate) {
        String code = json(home.nameplate("code", "create", device, "--json"))
                .path("code")
                .asString();
        home.nameplate(with(
                        label,
                        "est",
                        "enroll",
                        "--user",
                        device,
                        "--code",
                        code,
                        "--key",
                        key.toString(),
                        "--out",
                        certificate.toString()))
                .requireDone();
    }

    private List<JsonNode> doctor(String label, String... credentials) {
        List<String> arguments = new ArrayList<>(
                List.of("doctor", "--json", "--est", home.deviceDoor().toString()));
        arguments.addAll(List.of(credentials));
        JsonNode findings = json(home.nameplate(with(label, arguments.toArray(String[]::new))));
        return StreamSupport.stream(findings.spliterator(), false).toList();
    }

    private static String[] with(String label, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!label.equals("default")) {
            all.addAll(List.of("--label", label));
        }
        return all.toArray(String[]::new);
    }

    private static List<JsonNode> wrong(List<JsonNode> findings) {
        assertThat(findings).isNotEmpty();
        return findings.stream()
                .filter(finding -> List.of("fault", "warning")
                        .contains(finding.path("state").asString()))
                .toList();
    }

    private static JsonNode json(Program.Ended ended) {
        return JsonMapper.shared().readTree(ended.out());
    }
}
