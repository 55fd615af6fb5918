package dev.nameplate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.Decider.Question;
import dev.nameplate.acceptance.Product.Newcomer;
import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the owner of a fleet sets up beyond codes and certificates, at the doors: a webhook, a gateway, early renewals, the clone alarm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FleetIT {
    private static final ASN1ObjectIdentifier ATTESTATION = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.59");
    private static final DERSequence EVIDENCE = new DERSequence(new DEROctetString(new byte[] {1, 2, 3}));
    private static final String LABELS = "\nlabels:\n";
    private static final String PROFILES = """

              gateways:
                issuer: devices
                keys: [ec-p256]
                validity: { lasts: P90D }
                subject: CN=${device.id}
                usages: { key-usage: [digitalSignature], extended-key-usage: [clientAuth, cmcRA] }
                renewal: { window: P30D }
              strict:
                issuer: devices
                keys: [ec-p256]
                validity: { lasts: P90D }
                subject: CN=${device.id}
                usages: { key-usage: [digitalSignature], extended-key-usage: [clientAuth] }
                renewal: { window: P30D, early: refused }
            """.indent(0);
    private static final String OWN_LABELS = """
              gateways: { profile: gateways, ways: [code] }
              behind-gateways: { profile: ldevid, ways: [ra] }
              strict: { profile: strict, ways: [certificate, code] }
              judged: { profile: ldevid, ways: [code], decision: webhook }
            """;

    private final Decider decider = new Decider();
    private Product product;
    private EstDoor door;

    @BeforeAll
    void serve() {
        product = Product.with(text -> text.replace(LABELS, PROFILES + LABELS + OWN_LABELS) + "\nwebhook: { url: \""
                + decider.url() + "\", patience: PT1S, failures: 100 }\n");
        door = EstDoor.of(product.home());
    }

    @AfterAll
    void stop() {
        door.close();
        product.close();
        decider.close();
    }

    @Test
    void theWebhookLetsADeviceInWhoseAttestationItWasShown() throws IOException {
        Newcomer newcomer = product.newcomer("judged");
        decider.says("{\"decision\":\"admit\",\"reason\":\"batch 7\"}");

        Answer answer = door.by(credentials(newcomer), "judged/simpleenroll", attested(newcomer.device()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        Question question = decider.question();
        assertThat(question.json().at("/device/id").asString()).isEqualTo(newcomer.device());
        assertThat(question.json().at("/asked/attestation").asString())
                .isEqualTo(base64(EVIDENCE.getEncoded(ASN1Encoding.DER)));
        assertThat(new String(Base64.getUrlDecoder().decode(question.signature().split("\\.", 2)[0]), UTF_8))
                .contains("\"ES256\"");
        assertThat(product.home()
                        .nameplate("device", "evidence", newcomer.device(), "--json")
                        .requireDone()
                        .out())
                .contains(base64(EVIDENCE.getEncoded(ASN1Encoding.DER)));
    }

    @Test
    void theWebhookKeepsADeviceOut() throws IOException {
        Newcomer newcomer = product.newcomer("judged");
        decider.says("{\"decision\":\"refuse\",\"reason\":\"stolen\"}");

        Answer answer = door.by(credentials(newcomer), "judged/simpleenroll", request(newcomer.device(), Keys.p256()));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("stolen");
        assertThat(decider.question().json().at("/device/id").asString()).isEqualTo(newcomer.device());
        assertThat(product.api().certificatesOf(newcomer.device())).isEmpty();
    }

    @Test
    void nobodyComesInWhileTheWebhookSaysNothing() throws IOException {
        Newcomer newcomer = product.newcomer("judged");
        KeyPair keys = Keys.p256();
        decider.saysNothing();

        Answer answer = door.by(credentials(newcomer), "judged/simpleenroll", request(newcomer.device(), keys));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).get().asString().matches("[1-9][0-9]*");
        assertThat(product.api().certificatesOf(newcomer.device())).isEmpty();
        decider.question();
        decider.says("{\"decision\":\"admit\"}");
        assertThat(door.by(credentials(newcomer), "judged/simpleenroll", request(newcomer.device(), keys))
                        .status())
                .as("its code is still good")
                .isEqualTo(200);
        decider.question();
    }

    @Test
    void aGatewayBringsTheRequestsOfDevicesBehindIt() throws IOException {
        KeyPair own = Keys.p256();
        Newcomer newcomer = product.newcomer("gateway");
        Identity gateway =
                identity(own, door.by(credentials(newcomer), "gateways/simpleenroll", request(newcomer.device(), own)));
        KeyPair keys = Keys.p256();
        String device = product.newcomer("behind").device();

        Answer answer = door.by(gateway, "behind-gateways/simpleenroll", request(device, keys));

        assertThat(certificate(keys, answer).getSubject()).hasToString("CN=" + device);
        assertThat(door.by(gateway, "behind-gateways/simpleenroll", request("nobody", Keys.p256()))
                        .status())
                .as("for a device that is not registered")
                .isEqualTo(403);
        assertThat(door.by(identity(keys, answer), "behind-gateways/simpleenroll", request(device, Keys.p256()))
                        .status())
                .as("by who is no authority")
                .isEqualTo(403);
    }

    @Test
    void aCohortThatIsCalledEarlyRenewsBeforeItsTimeAndNoOther() throws IOException {
        Pump pump = new Pump(product.newcomer("pump", Map.of("product", "pump")));
        Newcomer fan = product.newcomer("fan", Map.of("product", "fan"));
        KeyPair fansKey = Keys.p256();
        Identity fans =
                identity(fansKey, door.by(credentials(fan), "strict/simpleenroll", request(fan.device(), fansKey)));
        assertThat(pump.reenroll().exit()).isEqualTo(1);
        assertThat(pump.renewalInfo().path("due").asBoolean()).isFalse();

        Instant now = Instant.now();
        product.home()
                .nameplate(
                        "renewal",
                        "pull",
                        "--start",
                        now.minusSeconds(60).toString(),
                        "--end",
                        now.plusSeconds(60).toString(),
                        "--product",
                        "pump",
                        "--reason",
                        "a weak generator")
                .requireDone();

        assertThat(pump.renewalInfo().path("reason").asString()).isEqualTo("a weak generator");
        assertThat(Instant.parse(pump.renewalInfo().path("end").asString())).isBefore(now.plusSeconds(61));
        pump.reenroll().requireDone();
        Answer answer = door.by(fans, "strict/simplereenroll", request(fan.device(), Keys.p256()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.header("Retry-After")).isPresent();
    }

    @Test
    void aCertificateThatComesAgainAfterItsSuccessorWasUsedRaisesTheAlarm() throws IOException {
        Newcomer newcomer = product.newcomer("cloned");
        KeyPair first = Keys.p256();
        Identity old = identity(first, door.enrol(credentials(newcomer), request(newcomer.device(), first)));
        KeyPair second = Keys.p256();
        Identity next = identity(second, door.reenrol(old, request(newcomer.device(), second)));
        assertThat(door.reenrol(next, request(newcomer.device(), Keys.p256())).status())
                .isEqualTo(200);
        double before = alarms();

        Answer answer = door.reenrol(old, request(newcomer.device(), Keys.p256()));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(alarms()).isEqualTo(before + 1);
    }

    /** A device with the command line. */
    private final class Pump {
        private final Path files;

        Pump(Newcomer newcomer) throws IOException {
            files = Files.createTempDirectory(product.home().scratch(), "pump");
            est(
                            "enroll",
                            "--user",
                            newcomer.device(),
                            "--code",
                            newcomer.code(),
                            "--key",
                            file("key"),
                            "--out",
                            file("crt"))
                    .requireDone();
        }

        Program.Ended reenroll() {
            return est(
                    "reenroll",
                    "--cert",
                    file("crt"),
                    "--key",
                    file("key"),
                    "--new-key",
                    file("next"),
                    "--out",
                    file("new"));
        }

        JsonNode renewalInfo() {
            return JsonMapper.shared()
                    .readTree(est("renewalinfo", "--cert", file("crt"), "--key", file("key"), "--json")
                            .requireDone()
                            .out());
        }

        private String file(String name) {
            return files.resolve(name).toString();
        }

        private Program.Ended est(String command, String... options) {
            List<String> words = new ArrayList<>(List.of("est", command, "--label", "strict"));
            words.addAll(List.of(options));
            return product.home().nameplate(words.toArray(String[]::new));
        }
    }

    private double alarms() throws IOException {
        return product.api()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("nameplate_clone_alarms_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static BasicCredentials credentials(Newcomer newcomer) {
        return new BasicCredentials(newcomer.device(), newcomer.code());
    }

    private static byte[] request(String device, KeyPair keys) {
        return EstBase64.encode(
                CsrBuilder.forKey(keys)
                        .subject(new X500Name("CN=" + device))
                        .build()
                        .der(),
                Wrapping.LINES_64);
    }

    /** With evidence of where its key is. */
    private static byte[] attested(String device) throws IOException {
        KeyPair keys = Keys.p256();
        return EstBase64.encode(
                new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + device), keys.getPublic())
                        .addAttribute(ATTESTATION, EVIDENCE)
                        .build(signer(keys.getPrivate()))
                        .getEncoded(),
                Wrapping.LINES_64);
    }

    private static ContentSigner signer(PrivateKey key) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every Java signs by P-256", e);
        }
    }

    private static Identity identity(KeyPair keys, Answer answer) {
        return Identity.of(keys.getPrivate(), certificate(keys, answer));
    }

    private static X509CertificateHolder certificate(KeyPair keys, Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return EstAnswers.issued(
                answer.header("Content-Type").orElse(null),
                answer.body(),
                keys.getPublic().getEncoded());
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
