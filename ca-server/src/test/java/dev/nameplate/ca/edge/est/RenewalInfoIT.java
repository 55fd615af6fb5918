package dev.nameplate.ca.edge.est;

import static dev.nameplate.ca.testkit.SampleProfiles.LDEVID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.edge.http.RawClient;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.renewal.Advice;
import dev.nameplate.ca.renewal.Pull;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.TestCa;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** GET renewalinfo on the wire. */
class RenewalInfoIT {
    private static final String PATH = "/.well-known/est/renewalinfo";

    private final EstDoor est = new EstDoor();

    @BeforeEach
    void hasACertificate() {
        est.ca.device = certified();
    }

    @AfterEach
    void close() {
        est.close();
    }

    @Test
    void saysFromWhenToWhenAndWhenToAskAgain() throws IOException {
        Heard heard = asked("GET");

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.header("Content-Type", "")).isEqualTo("application/json");
        assertThat(heard.header("Retry-After", "")).isEqualTo("21600");
        assertThat(JsonMapper.shared().readTree(heard.text()))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"suggestedWindow": {"start": "2026-12-01T00:00:00Z", "end": "2026-12-02T00:00:00Z"}}"""));
    }

    @Test
    void tellsWhyWhereAnOperatorPulledItForward() throws IOException {
        var why = new Pull.Why("firmware 2 has a weak generator", Optional.of(URI.create("https://ca.example/why")));
        est.ca.advice = new Advice(est.ca.advice.window(), Optional.of(why), Duration.ofMinutes(5));

        assertThat(asked("GET").text())
                .contains("\"reason\":\"firmware 2 has a weak generator\"")
                .contains("\"explanationURL\":\"https://ca.example/why\"");
    }

    @Test
    void tellsNobodyWithoutACertificateOfThisCa() throws IOException {
        est.ca.device = TestCa.founded().registered("sensor-17", Map.of()).withCode("sensor-17");

        Heard heard = asked("GET");

        assertThat(heard.status()).isEqualTo(403);
        assertThat(heard.text()).contains("no client certificate of this CA");
    }

    @Test
    void isForReadingAlone() throws IOException {
        Heard heard = est.ask("POST", PATH, EstDoor.PKCS10, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(405);
        assertThat(heard.header("Allow", "")).isEqualTo("GET, HEAD");
    }

    private Heard asked(String method) throws IOException {
        try (RawClient client = est.connect(est.ca.pki.issue("sensor-17"))) {
            return client.say(EstDoor.request(method, PATH, "", "")).hear();
        }
    }

    private static AuthenticatedDevice certified() {
        TestCa ca = TestCa.founded().registered("sensor-17", Map.of());
        var issued = TestCa.issued(ca.enrollment.enroll(
                ca.withCode("sensor-17"), TestCa.label(LDEVID), Csrs.named("sensor-17"), TestCa.REQUEST));
        return ca.withCertificate(issued.certificate(), Purpose.REENROL);
    }
}
