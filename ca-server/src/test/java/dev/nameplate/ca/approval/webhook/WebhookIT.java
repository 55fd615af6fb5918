package dev.nameplate.ca.approval.webhook;

import static dev.nameplate.ca.testkit.TestCa.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nameplate.ca.approval.Evidence;
import dev.nameplate.ca.approval.Judge.Judgement;
import dev.nameplate.ca.approval.Wish;
import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Questions to a webhook, over a socket. */
class WebhookIT {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int FAILURES = 3;

    private final FakeDecider decider = new FakeDecider();
    private final TestCa ca = TestCa.founded().registered("sensor-17", Map.of("batch", "B-7"));
    private final Webhook webhook = webhook(Duration.ofSeconds(5), 4);

    @AfterEach
    void close() {
        webhook.close();
        decider.close();
    }

    @Test
    void tellsWhoAsksForWhatAndWhatCameWithIt() {
        byte[] token = {4, 3, 1, 2, 3};

        webhook.on(wish(Optional.of(new Evidence(token))));

        JsonNode question = question();
        assertThat(question.at("/version").asInt()).isEqualTo(1);
        assertThat(question.at("/request").asString()).isEqualTo(REQUEST.value());
        assertThat(question.at("/purpose").asString()).isEqualTo("enrol");
        assertThat(question.at("/label").asString()).isEqualTo("default");
        assertThat(question.at("/profile").asString()).isEqualTo("ldevid");
        assertThat(question.at("/device/id").asString()).isEqualTo("sensor-17");
        assertThat(question.at("/device/attributes/batch").asString()).isEqualTo("B-7");
        assertThat(question.at("/device/credential").asString()).startsWith("code:");
        assertThat(question.at("/device/source").asString()).isEqualTo("192.0.2.1");
        assertThat(question.at("/wanted/subject").asString()).isEqualTo("CN=sensor-17");
        assertThat(question.at("/wanted/keyAlgorithm").asString()).isEqualTo("ec-p256");
        assertThat(question.at("/asked/attestation").asString())
                .isEqualTo(Base64.getEncoder().encodeToString(token));
    }

    @Test
    void signsTheQuestionWithTheSecret() throws GeneralSecurityException {
        webhook.on(wish());

        FakeDecider.Heard heard = decider.heard().getFirst();
        String[] parts = heard.signature().split("\\.", -1);
        JsonNode header = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[0]));
        assertThat(header.path("alg").asString()).isEqualTo("HS256");
        assertThat(header.path("iat").asLong()).isEqualTo(ca.clock.instant().getEpochSecond());
        assertThat(parts[1]).as("detached").isEmpty();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        assertThat(Base64.getUrlDecoder().decode(parts[2])).isEqualTo(mac.doFinal(signed(parts[0], heard.body())));
    }

    @Test
    void signsTheQuestionWithAKeyOfTheTokenWhereThereIsNoSecret() throws GeneralSecurityException {
        Party signer = Recipe.ca("CN=messages").selfSigned();
        CertificateDer certificate = signer.certificate();
        var signature = QuestionSignature.token(() -> new QuestionSignature.TokenKey(certificate, signer::sign));
        try (Webhook signing =
                new Webhook(settings(decider.url(), Duration.ofSeconds(5), 4), signature, ca.clock, new Random(1))) {
            signing.on(wish());
        }

        FakeDecider.Heard heard = decider.heard().getFirst();
        String[] parts = heard.signature().split("\\.", -1);
        JsonNode header = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[0]));
        assertThat(header.path("alg").asString()).isEqualTo("ES256");
        assertThat(Base64.getUrlDecoder().decode(header.path("x5t#S256").asString()))
                .isEqualTo(certificate.fingerprint().octets());
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(signer.keys().getPublic());
        verifier.update(signed(parts[0], heard.body()));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void doesWhatItIsTold() {
        decider.says("{\"decision\":\"admit\",\"reason\":\"batch 7\"}");
        assertThat(webhook.on(wish())).isEqualTo(new Judgement.Admits(Optional.of("batch 7")));

        decider.says("{\"decision\":\"refuse\"}");
        assertThat(webhook.on(wish())).isEqualTo(new Judgement.Refuses(Optional.empty()));

        decider.says("{\"decision\":\"approval\"}");
        assertThat(webhook.on(wish())).isEqualTo(new Judgement.AsksAnOperator(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admit",
                "{}",
                "{\"decision\":\"yes\"}",
                "{\"decision\":true}",
                "{\"decision\":\"admit\",\"also\":1}",
                "{\"decision\":\"refuse\",\"decision\":\"admit\"}",
                "{\"decision\":\"admit\"}{}",
                "[\"admit\"]"
            })
    void letsNobodyInOnAnAnswerItDoesNotUnderstand(String body) {
        decider.says(body);

        assertThat(webhook.on(wish())).isInstanceOf(Judgement.Silent.class);
    }

    @ParameterizedTest
    @CsvSource({"201", "204", "400", "401", "500", "503"})
    void letsNobodyInOnAnotherStatus(int status) {
        decider.answers(status, status == 204 ? "" : "{\"decision\":\"admit\"}");

        assertThat(webhook.on(wish())).isInstanceOf(Judgement.Silent.class);
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "307", "308"})
    void followsNoRedirect(int status) {
        decider.answers(status, "{\"decision\":\"admit\"}");

        assertThat(webhook.on(wish())).isInstanceOf(Judgement.Silent.class);
        assertThat(decider.heard()).hasSize(1);
    }

    @Test
    void readsNoAnswerWithoutEnd() {
        decider.says("{\"decision\":\"admit\",\"reason\":\"" + "x".repeat(20_000) + "\"}");

        assertThat(webhook.on(wish())).isInstanceOf(Judgement.Silent.class);
    }

    @Test
    void doesNotWaitForAnAnswerThatTricklesIn() {
        CountDownLatch over = new CountDownLatch(1);
        decider.does(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            waitFor(over);
        });

        try (Webhook hasty = webhook(Duration.ofMillis(300), 4)) {
            assertThat(hasty.on(wish())).isInstanceOf(Judgement.Silent.class);
        } finally {
            over.countDown();
        }
    }

    @Test
    void leavesAFailingWebhookAloneForAWhileAndThenTriesAgain() {
        decider.answers(500, "");
        for (int i = 0; i < FAILURES; i++) {
            webhook.on(wish());
        }

        decider.says("{\"decision\":\"admit\"}");
        assertThat(webhook.on(wish()))
                .isInstanceOfSatisfying(
                        Judgement.Silent.class,
                        silent -> assertThat(silent.retryAfter())
                                .isBetween(Duration.ofSeconds(1), PAUSE.multipliedBy(2)));
        assertThat(decider.heard()).as("nobody asked it").hasSize(FAILURES);

        Wish wish = wish();
        await().untilAsserted(() -> assertThat(webhook.on(wish)).isInstanceOf(Judgement.Admits.class));
    }

    @Test
    void asksNoMoreAtOnceThanItMay() throws InterruptedException, ExecutionException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        decider.does(exchange -> {
            asked.countDown();
            waitFor(over);
            exchange.close();
        });
        try (Webhook narrow = webhook(Duration.ofSeconds(5), 1);
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Wish wish = wish();
            Future<Judgement> first = pool.submit(() -> narrow.on(wish));
            asked.await();

            assertThat(narrow.on(wish)).isInstanceOf(Judgement.Silent.class);
            assertThat(decider.heard()).hasSize(1);
            over.countDown();
            assertThat(first.get()).as("it was cut off").isInstanceOf(Judgement.Silent.class);
        }
    }

    @Test
    void letsNobodyInWhereNobodyIsThere() {
        URI url = decider.url();
        decider.close();

        try (Webhook lost = webhook(url, Duration.ofSeconds(2), 4)) {
            assertThat(lost.on(wish())).isInstanceOf(Judgement.Silent.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://decider.example.com/",
                "ftp://decider.example.com/",
                "https:decider",
                "https://a:b@decider.example.com/"
            })
    void takesNoAddressThatIsNotSafe(String url) {
        assertThatThrownBy(() -> settings(URI.create(url), Duration.ofSeconds(3), 4))
                .hasMessageContaining("webhook.url");
    }

    @Test
    void takesNoShortSecret() {
        assertThatThrownBy(() -> new HmacSecret(new byte[31])).hasMessageContaining("webhook.secret-file");
    }

    private Webhook webhook(Duration patience, int atOnce) {
        return webhook(decider.url(), patience, atOnce);
    }

    private Webhook webhook(URI url, Duration patience, int atOnce) {
        return new Webhook(
                settings(url, patience, atOnce),
                QuestionSignature.hmac(new HmacSecret(SECRET)),
                ca.clock,
                new Random(17));
    }

    private static WebhookSettings settings(URI url, Duration patience, int atOnce) {
        return new WebhookSettings(
                url, List.of(), Optional.empty(), patience, atOnce, new WebhookSettings.Circuit(FAILURES, PAUSE));
    }

    private Wish wish() {
        return wish(Optional.empty());
    }

    private Wish wish(Optional<Evidence> evidence) {
        AuthenticatedDevice device = ca.withCode("sensor-17");
        Csr csr = Csrs.by(DeviceKey.p256()).subject("CN=sensor-17").csr();
        Admission admission = ca.policy.admit(device, TestCa.label(SampleProfiles.LDEVID), csr);
        return new Wish(
                ((Admission.Admitted) admission).request(),
                0,
                Purpose.ENROL,
                csr,
                evidence,
                new Wish.From(
                        REQUEST,
                        device.source(),
                        Actor.of(Holder.of(device.device().id()))));
    }

    private JsonNode question() {
        return JsonMapper.shared().readTree(decider.heard().getFirst().body());
    }

    private static byte[] signed(String header, byte[] body) {
        return (header + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
