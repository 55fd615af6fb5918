package dev.nameplate.ca.factory.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportsTest {
    private final StringWriter out = new StringWriter();

    @Test
    void writesALineOfTemplateParametersPerThingForAws() throws IOException {
        ExportUnit unit = Units.unit("sensor-17");
        try (var aws = new AwsBulkRegistration(out, "")) {
            aws.write(unit);
            aws.write(Units.unit("sensor-18"));
        }

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode first = JsonMapper.shared().readTree(lines.getFirst());
        assertThat(first.path("ThingName").asString("")).isEqualTo("sensor-17");
        assertThat(first.path("SerialNumber").asString(""))
                .isEqualTo(unit.certificate().serial().value().toString(16));
        assertThat(first.path("CertificatePem").asString("")).startsWith("-----BEGIN CERTIFICATE-----\nMII");
    }

    @Test
    void bringsAwsATemplateThatTakesEveryParameter() throws IOException {
        try (var aws = new AwsBulkRegistration(out, "")) {
            aws.write(Units.unit("sensor-17"));
        }
        JsonNode template = JsonMapper.shared().readTree(AwsBulkRegistration.template());

        assertThat(AwsBulkRegistration.template().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(10_240);
        assertThat(template.path("Parameters").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        JsonMapper.shared().readTree(out.toString()).propertyNames());
    }

    @Test
    void refusesANameThatAwsDoesNotTake() {
        var aws = new AwsBulkRegistration(out, "");

        assertThatThrownBy(() -> aws.write(Units.unit("a@b")))
                .isInstanceOf(UnfitUnitException.class)
                .hasMessageContaining("a@b");
    }

    @Test
    void writesAnEnrolmentGroupWithBothCasOfARotation() {
        var group = new AzureEnrollmentGroup(
                "batch-1",
                Units.ISSUER.certificate(),
                Optional.of(Units.unit("next").certificate()),
                Optional.of("fleet.azure-devices.net"));

        JsonNode json = JsonMapper.shared().readTree(group.json());

        assertThat(json.path("enrollmentGroupId").asString("")).isEqualTo("batch-1");
        assertThat(json.path("attestation").path("type").asString("")).isEqualTo("x509");
        JsonNode certificates = json.path("attestation").path("x509").path("signingCertificates");
        assertThat(certificates.path("primary").path("certificate").asString(""))
                .startsWith("-----BEGIN");
        assertThat(certificates.path("secondary").path("certificate").asString(""))
                .startsWith("-----BEGIN");
        assertThat(json.path("iotHubHostName").asString("")).isEqualTo("fleet.azure-devices.net");
        assertThat(json.path("provisioningStatus").asString("")).isEqualTo("enabled");
    }

    @Test
    void knowsWhichNamesAzureTakes() {
        assertThat(AzureEnrollmentGroup.takes("Sensor-17.b_c")).isTrue();
        assertThat(AzureEnrollmentGroup.takes("a@b")).isFalse();
        assertThat(AzureEnrollmentGroup.takes("a".repeat(129))).isFalse();
        assertThatThrownBy(() -> new AzureEnrollmentGroup(
                        "Upper", Units.ISSUER.certificate(), Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beginsAnotherFileForNrfCloudAfterAThousandRows() throws IOException {
        List<StringWriter> files = new ArrayList<>();
        ExportUnit unit = Units.unit("nrf-1");
        try (var nrf = new NrfCloud(
                number -> {
                    assertThat(number).isEqualTo(files.size() + 1);
                    files.add(new StringWriter());
                    return files.getLast();
                },
                "tracker",
                List.of("eu", "beta"),
                List.of("APP", "MODEM"))) {
            for (int i = 0; i < 2_001; i++) {
                nrf.write(unit);
            }
        }

        assertThat(files).hasSize(3);
        assertThat(rows(files.get(0))).isEqualTo(1000);
        assertThat(rows(files.get(2))).isEqualTo(1);
        assertThat(files.get(0).toString())
                .startsWith("nrf-1,tracker,eu|beta,APP|MODEM,\"-----BEGIN CERTIFICATE-----\n")
                .contains("-----END CERTIFICATE-----\n\"\n");
    }

    @Test
    void refusesColumnsThatWouldBreakTheFile() {
        assertThatThrownBy(() -> new NrfCloud(_ -> out, "a,b", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static long rows(StringWriter file) {
        return file.toString().lines().filter(line -> line.startsWith("nrf-1,")).count();
    }
}
