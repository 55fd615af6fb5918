package dev.nameplate.ca.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.AuditExport;
import dev.nameplate.ca.audit.AuditVerdict;
import dev.nameplate.ca.cli.OperatorKey;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.OperatorName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each endpoint over TLS, on a store in memory. */
class ApiIT {
    private final ApiRig rig = new ApiRig();
    private final ApiClient admin = new ApiClient(rig, Optional.of(rig.holding(Role.ADMIN)));

    @AfterEach
    void close() {
        admin.close();
        rig.close();
    }

    @Test
    void registersADeviceAndSaysWhoDid() {
        ApiClient.Reply reply =
                admin.post("/api/v1/devices", "{\"id\":\"sensor-17\",\"attributes\":{\"site\":\"north\"}}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("state").asString("")).isEqualTo("active");
        assertThat(admin.get("/api/v1/devices/sensor-17").json()).isEqualTo(reply.json());
        AuditEvent event = rig.store().audit().events().getLast();
        assertThat(event.action()).isEqualTo("device.registered");
        assertThat(event.actor()).hasToString("operator:admin");
        assertThat(event.request()).isPresent();
    }

    @Test
    void refusesADeviceThatExistsWithAConflict() {
        rig.device("sensor-17");

        ApiClient.Reply reply = admin.post("/api/v1/devices", "{\"id\":\"sensor-17\"}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.contentType()).isEqualTo("application/problem+json");
        assertThat(reply.type()).isEqualTo("urn:nameplate:refusal:already-exists");
        assertThat(reply.json().path("status").asInt()).isEqualTo(409);
        assertThat(reply.json().path("requestId").asString("")).matches("[0-9a-f]{16}");
    }

    @Test
    void pagesThroughDevicesWithoutLosingOrRepeatingAny() {
        List<String> ids = new ArrayList<>();
        for (int i = 100; i < 125; i++) {
            rig.device("sensor-" + i);
        }

        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            String query = after.get().isEmpty() ? "" : "&after=" + after.get();
            JsonNode page = admin.get("/api/v1/devices?limit=10" + query).json();
            page.path("items").forEach(device -> ids.add(device.path("id").asString("")));
            after = page.has("next") ? Optional.of(page.path("next").asString("")) : Optional.empty();
        }

        assertThat(ids).hasSize(25).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void makesACodeWhoseTextIsShownOnce() {
        rig.device("sensor-17");

        JsonNode made = admin.post("/api/v1/devices/sensor-17/codes", "{\"label\":\"line-1\",\"validity\":\"PT1H\"}")
                .json();

        String text = made.path("code").asString("");
        assertThat(text).matches("([0-9A-Z]{5}-){4}[0-9A-Z]{5}");
        String id = made.path("id").asString("");
        assertThat(admin.get("/api/v1/codes/" + id).text()).doesNotContain(text).contains("line-1");
        assertThat(admin.get("/api/v1/codes").json().path("items")).hasSize(1);
        assertThat(admin.get("/api/v1/devices/sensor-17/codes").json().path("items"))
                .hasSize(1);
    }

    @Test
    void cancelsACodeOnce() {
        rig.device("sensor-17");
        String id = admin.post("/api/v1/devices/sensor-17/codes", "{}")
                .json()
                .path("id")
                .asString("");

        assertThat(admin.delete("/api/v1/codes/" + id).json().has("cancelledAt"))
                .isTrue();
        assertThat(admin.delete("/api/v1/codes/" + id).status()).isEqualTo(409);
    }

    @Test
    void showsACertificateWithItsPem() {
        IssuedCertificate issued = rig.deviceCertificate("sensor-17");

        JsonNode shown = admin.get("/api/v1/certificates/" + issued.serial()).json();

        assertThat(shown.at("/certificate/holder").asString("")).isEqualTo("device:sensor-17");
        assertThat(shown.path("pem").asString("")).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(admin.get("/api/v1/certificates?device=sensor-17&profile=ldevid")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(admin.get("/api/v1/certificates?device=other").json().path("items"))
                .isEmpty();
    }

    @Test
    void revokesOnceAndSaysSoTheSecondTime() {
        String path =
                "/api/v1/certificates/" + rig.deviceCertificate("sensor-17").serial();

        JsonNode first = admin.post(path + "/revocation", "{\"reason\":\"key-compromise\"}")
                .json();
        JsonNode second =
                admin.post(path + "/revocation", "{\"reason\":\"superseded\"}").json();

        assertThat(first.path("before").asBoolean(true)).isFalse();
        assertThat(second.path("before").asBoolean(false)).isTrue();
        assertThat(first.at("/revoked/at").asString("")).startsWith("20");
        assertThat(second.path("revoked")).isEqualTo(first.path("revoked"));
        assertThat(admin.get(path).json().at("/certificate/revoked/reason").asString(""))
                .isEqualTo("key-compromise");
    }

    @Test
    void addsAnOperatorWhoThenGetsIn() {
        ApiClient.Reply reply = admin.post("/api/v1/operators", newOperator("clerk", "operator"));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("certificatePem").asString("")).contains("BEGIN CERTIFICATE");
        assertThat(reply.json().path("chainPem").asString("")).contains("BEGIN CERTIFICATE");
        assertThat(admin.get("/api/v1/operators").text()).contains("\"clerk\"");
        assertThat(admin.post("/api/v1/operators", newOperator("clerk", "auditor"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void certifiesAnActiveOperatorAgainAndNobodyElse() {
        String body = "{\"csr\":" + quoted(csr("auditor")) + "}";

        assertThat(admin.post("/api/v1/operators/auditor/certificates", body).status())
                .isEqualTo(201);
        assertThat(admin.post("/api/v1/operators/nobody/certificates", body).status())
                .isEqualTo(404);
    }

    @Test
    void keepsTheLastAdmin() {
        ApiClient.Reply reply = admin.delete("/api/v1/operators/admin");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("detail").asString("")).contains("last active admin");
    }

    @Test
    void exportsATrailThatVerifiesOffline() throws IOException {
        rig.device("sensor-17");
        rig.seal();

        String export = admin.get("/api/v1/audit/export").text();

        assertThat(AuditExport.verify(
                        new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)),
                        Optional.of(rig.pki().root().fingerprint())))
                .isInstanceOf(AuditVerdict.Intact.class);
        assertThat(admin.get("/api/v1/audit/verification")
                        .json()
                        .path("verdict")
                        .asString(""))
                .isEqualTo("intact");
    }

    @Test
    void listsTheTrailAfterAnEntry() {
        rig.device("sensor-17");
        rig.device("sensor-18");
        long last = admin.get("/api/v1/audit/entries").json().path("items").size();

        JsonNode page = admin.get("/api/v1/audit/entries?after=" + (last - 1)).json();

        assertThat(page.path("items")).hasSize(1);
        assertThat(page.at("/items/0/subject").asString("")).isEqualTo("device:sensor-18");
        assertThat(admin.get("/api/v1/audit/entries?limit=1")
                        .json()
                        .path("next")
                        .asString(""))
                .isEqualTo("1");
    }

    @Test
    void isReadyUntilTheTokenIsAway() {
        assertThat(admin.get("/health/live").status()).isEqualTo(200);
        rig.token(Finding.fault("no such token: nameplate", "plug it in"));

        ApiClient.Reply reply = admin.get("/health/ready");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("ready").asBoolean(true)).isFalse();
        assertThat(reply.json().at("/findings/0/says").asString("")).isEqualTo("no such token: nameplate");
        assertThat(admin.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void theDoctorTellsWhatToDo() {
        JsonNode findings = admin.get("/api/v1/doctor").json().path("items");

        assertThat(findings).hasSize(2);
        assertThat(findings.path(0).path("state").asString("")).isEqualTo("ok");
        assertThat(findings.path(1).path("remedy").asString("")).isEqualTo("make room");
    }

    @Test
    void countsRequestsForPrometheus() {
        admin.get("/api/v1/devices");

        ApiClient.Reply reply = admin.get("/metrics");

        assertThat(reply.contentType()).startsWith("text/plain");
        assertThat(reply.text())
                .contains("nameplate_api_requests_seconds_count{operation=\"listDevices\",status=\"200\"}");
    }

    @Test
    void aDatabaseThatIsAwayIsAnswered503WithRetryAfter() {
        rig.store().devices().failNext();

        ApiClient.Reply reply = admin.post("/api/v1/devices", "{\"id\":\"sensor-17\"}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.type()).isEqualTo("urn:nameplate:refusal:ledger-unavailable");
    }

    @Test
    void tellsOfEveryCohortWhenItsChainStopsWorking() {
        JsonMapper json = JsonMapper.shared();
        var ends = new TreeMap<String, String>();
        json.readTree(admin.get("/api/v1/issuers").text())
                .path("items")
                .forEach(issuer -> ends.put(
                        issuer.path("generation").asString(),
                        issuer.path("notAfter").asString()));

        var horizons = json.readTree(admin.get("/api/v1/horizons").text()).path("items");

        assertThat(horizons).isNotEmpty().allSatisfy(horizon -> {
            assertThat(horizon.path("stops").asString())
                    .isLessThanOrEqualTo(ends.get(horizon.path("issuer").asString()));
            assertThat(horizon.path("because").asString()).contains("CN=");
            assertThat(horizon.path("alarm").asString()).isEqualTo("none");
            assertThat(horizon.path("fleet").path("certificates").asLong(-1)).isZero();
        });
    }

    /** The document tells the truth: what is answered has the shape it says. */
    @Test
    void answersHaveTheShapeTheDocumentSays() {
        rig.device("sensor-17");
        IssuedCertificate issued = rig.deviceCertificate("sensor-17");
        admin.post("/api/v1/devices/sensor-17/codes", "{}");
        admin.post("/api/v1/certificates/" + issued.serial() + "/revocation", "{\"reason\":\"superseded\"}");

        List.of(
                        "/api/v1/devices",
                        "PageDeviceView",
                        "/api/v1/devices/sensor-17",
                        "DeviceView",
                        "/api/v1/codes",
                        "PageCodeView",
                        "/api/v1/certificates",
                        "PageCertificateView",
                        "/api/v1/certificates/" + issued.serial(),
                        "CertificateDetails",
                        "/api/v1/issuers",
                        "PageIssuerView",
                        "/api/v1/horizons",
                        "PageHorizonView",
                        "/api/v1/keys",
                        "PageKeyView",
                        "/api/v1/operators",
                        "PageOperatorView",
                        "/api/v1/audit/entries",
                        "PageAuditEntryView",
                        "/api/v1/audit/verification",
                        "AuditVerdictView",
                        "/api/v1/doctor",
                        "PageFindingView",
                        "/health/ready",
                        "HealthReport",
                        "/api/v1/devices/nobody",
                        "Problem")
                .stream()
                .gather(Gatherers.windowFixed(2))
                .forEach(pair -> assertShape(admin.get(pair.getFirst()).text(), pair.getLast()));
    }

    private void assertShape(String body, String schema) {
        JsonMapper json = JsonMapper.shared();
        String document = admin.get("/api/v1/openapi.json").text().replace("#/components/schemas/", "#/$defs/");
        ObjectNode root = json.createObjectNode().put("$ref", "#/$defs/" + schema);
        root.set("$defs", json.readTree(document).at("/components/schemas"));
        var shape = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root.toString());

        assertThat(shape.validate(body, InputFormat.JSON))
                .as(schema + " " + body)
                .isEmpty();
    }

    private static String newOperator(String name, String role) {
        return "{\"name\":\"" + name + "\",\"roles\":[\"" + role + "\"],\"csr\":" + quoted(csr(name)) + "}";
    }

    private static String csr(String name) {
        return OperatorKey.generate(new OperatorName(name)).requestPem();
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
