package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every key is replaced while devices go on with what they do. {@code -Dnameplate.rotation.kills=N} has the server killed N times
 * within each step; the usual is once, within the switch and within the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RotationIT {
    private static final String SETTLE = "settle: PT5S";
    private static final int KILLS = Integer.getInteger("nameplate.rotation.kills", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProductHome home = ProductHome.create();
    private final Program shell = new Program(home.scratch(), Map.of());
    private ServerProcess server;
    private OperatorApi api;

    @BeforeAll
    void begin() {
        home.changeSettings(settings -> settings.replace(SETTLE, "settle: PT1S"));
        server = home.serve();
        api = home.operatorApi();
    }

    @AfterAll
    void close() {
        api.close();
        server.close();
        home.close();
    }

    @Test
    void replacesEveryKeyWithoutOneRequestRefusedAndGoesOnWhereItWasKilled() throws IOException {
        Path oldRoot = Files.copy(home.trust(), home.scratch().resolve("old-root.pem"));
        Path before = enrolled("before");
        fetch("ca/devices/g1.cer", "devices-1");
        fetch("ca/root/g1.cer", "root-1");
        RotationLine line = RotationLine.in(home);
        byte[] key = line.keyOf("unit-0");
        try (RotationLoad load =
                new RotationLoad(home, oldRoot, ocspRequest(before)).with(line).start()) {
            rotate("root", 2);
            rotate("devices", 2);
            changeKeys("ocsp");
            changeKeys("tls");
            changeKeys("audit");
            changeKeys("kek");
            int lives = load.done("lives");
            goesOn(load, "lives", lives + 2);
            step("devices", 1, "retirement");
            goesOn(load, "lives", lives + 4);
            assertThat(load.done("ocsp")).isPositive();
            assertThat(load.done("cacerts")).isPositive();
            goesOn(load, "line", 2);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(RotationLine.keks(api)).containsExactly("active"));
            assertThat(load.complaints()).isEmpty();
        }
        assertThat(line.keyOf("unit-0")).as("the same key, under another one").isEqualTo(key);
        Path after = enrolled("after");
        assertThat(issuerOf(after)).isEqualTo("g2");
        fetch("ca/root/g2.cer", "root-2");
        Path others = others();
        for (Path certificate : List.of(before, after)) {
            verified(oldRoot, others, certificate);
            verified(home.scratch().resolve("root-2.pem"), others, certificate);
        }
        saysOfARetiredIssuersCertificateThatItIsRevoked(before);
        goesOnAfterItWasKilledWithinEachStep();
    }

    private static void goesOn(RotationLoad load, String what, int times) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(load.done(what)).isGreaterThan(times));
        assertThat(load.complaints()).isEmpty();
    }

    private void goesOnAfterItWasKilledWithinEachStep() throws IOException {
        killedWithin("devices", 3, "", KILLS);
        killedWithin("devices", 3, "publication", KILLS);
        killedWithin("devices", 3, "activation", Math.max(1, KILLS));
        killedWithin("devices", 2, "retirement", KILLS);
        killedWithin("devices", 2, "destruction", Math.max(1, KILLS));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(api.ask(path("devices", 2, "destruction"), body("destruction"))
                                .text())
                        .contains("\"destroyed\""));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.get("/api/v1/keys").text())
                        .contains("responder-devices-3")
                        .doesNotContain("responder-devices-2"));
        assertThat(home.nameplate("issuer", "list").requireDone().out())
                .containsPattern("devices/3 +active")
                .doesNotContain("devices/4");
        assertThat(issuerOf(enrolled("at-last"))).isEqualTo("g3");
    }

    /** The server ends somewhere within the step: each time somewhere else. Then the same is asked for again. */
    private void killedWithin(String issuer, int generation, String step, int kills) {
        for (int kill = 0; kill < kills; kill++) {
            Thread asking = Thread.ofPlatform().start(() -> unheard(issuer, generation, step));
            await().pollDelay(Duration.ofMillis(1 + 7L * kill + generation)).until(() -> true);
            server.kill();
            try {
                asking.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server = home.serve();
        }
        step(issuer, generation, step);
    }

    private void saysOfARetiredIssuersCertificateThatItIsRevoked(Path certificate) throws IOException {
        String serial =
                openssl("x509 -noout -serial -in " + certificate).strip().substring("serial=".length());
        api.revoke(serial, "key-compromise");

        assertThat(openssl("ocsp -no_nonce -url " + open("ocsp") + " -issuer "
                        + home.scratch().resolve("devices-1.pem") + " -cert " + certificate + " -CAfile "
                        + home.scratch().resolve("root-1.pem")))
                .contains(": revoked");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            fetchFile("crl/devices/g1.crl", "g1.crl");
            return openssl("crl -inform der -noout -text -in " + home.scratch().resolve("g1.crl"))
                    .contains(serial);
        });
    }

    private void rotate(String issuer, int generation) {
        step(issuer, generation, "");
        step(issuer, generation, "publication");
        step(issuer, generation, "activation");
    }

    /** Asked for until it is possible: every process has to know of the step before. */
    private void step(String issuer, int generation, String step) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            Answer answer = api.ask(path(issuer, generation, step), body(step));
            assertThat(answer.status())
                    .as("%s of %s/%s: %s", step, issuer, generation, answer)
                    .isEqualTo(200);
        });
    }

    /** Whatever becomes of it. */
    private void unheard(String issuer, int generation, String step) {
        try {
            api.ask(path(issuer, generation, step), body(step));
        } catch (IOException expected) {
            assertThat(expected).isNotNull();
        }
    }

    private static String path(String issuer, int generation, String step) {
        String generations = "/api/v1/issuers/" + issuer + "/generations";
        return step.isEmpty() ? generations : generations + "/" + generation + "/" + step;
    }

    private static Map<String, ?> body(String step) {
        return step.isEmpty() || step.equals("publication") ? Map.of() : Map.of("force", true);
    }

    private void changeKeys(String kind) throws IOException {
        Answer answer = api.ask("/api/v1/keys/" + kind + "/rotation", Map.of());
        assertThat(answer.status()).as("%s: %s", kind, answer).isEqualTo(200);
    }

    private Path enrolled(String device) throws IOException {
        Path bench = Files.createDirectories(home.scratch().resolve(device));
        try (EstDoor door = EstDoor.of(home)) {
            api.register(device);
            openssl("ecparam -name prime256v1 -genkey -noout -out " + bench.resolve("key.pem"));
            openssl("req -new -key " + bench.resolve("key.pem") + " -subj /CN=" + device + " -outform der -out "
                    + bench.resolve("request.der"));
            byte[] request = EstBase64.encode(Files.readAllBytes(bench.resolve("request.der")), Wrapping.LINES_64);
            Answer answer = door.enrol(new BasicCredentials(device, api.code(device)), request);
            assertThat(answer.status()).as("the answer %s", answer).isEqualTo(200);
            Files.write(bench.resolve("answer"), answer.body());
        }
        shell.run(
                        "sh",
                        "-c",
                        "openssl base64 -d -in " + bench.resolve("answer")
                                + " | openssl pkcs7 -inform der -print_certs -out " + bench.resolve("cert.pem"))
                .requireDone();
        return bench.resolve("cert.pem");
    }

    private String issuerOf(Path certificate) {
        String text = openssl("x509 -noout -text -in " + certificate);
        return text.replaceAll("(?s).*/ca/devices/(g\\d+)\\.cer.*", "$1");
    }

    /** What a client has beside its root: what is handed out, and the retired issuer's certificate from where its certificates say. */
    private Path others() throws IOException {
        Path all = home.scratch().resolve("cacerts.pem");
        shell.run(
                        "sh",
                        "-c",
                        "curl -sSf --cacert " + home.trust() + " " + home.deviceDoor()
                                + "/.well-known/est/cacerts | openssl base64 -d | openssl pkcs7 -inform der"
                                + " -print_certs -out " + all + " && cat "
                                + home.scratch().resolve("devices-1.pem")
                                + " >> " + all)
                .requireDone();
        StringBuilder others = new StringBuilder();
        for (String pem : Files.readString(all).strip().split("(?<=-----END CERTIFICATE-----)\\n", -1)) {
            X509Certificate certificate = certificate(pem);
            if (!isSignedBy(certificate, certificate)) {
                others.append(pem).append('\n');
            }
        }
        return Files.writeString(home.scratch().resolve("others.pem"), others);
    }

    private static X509Certificate certificate(String pem) {
        try (InputStream in = new ByteArrayInputStream(
                pem.substring(pem.indexOf("-----BEGIN")).getBytes(StandardCharsets.US_ASCII))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            throw new AssertionError("cacerts holds no certificates: " + pem, e);
        }
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate above) {
        try {
            certificate.verify(above.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private void verified(Path root, Path others, Path certificate) {
        openssl("verify -x509_strict -no-CApath -no-CAstore -CAfile " + root + " -untrusted " + others + " "
                + certificate);
    }

    private byte[] ocspRequest(Path certificate) throws IOException {
        Path request = home.scratch().resolve("ocsp.req");
        fetch("ca/devices/g1.cer", "ocsp-issuer");
        openssl("ocsp -no_nonce -issuer " + home.scratch().resolve("ocsp-issuer.pem") + " -cert " + certificate
                + " -reqout " + request);
        return Files.readAllBytes(request);
    }

    private void fetch(String path, String name) {
        fetchFile(path, name + ".cer");
        openssl("x509 -inform der -in " + home.scratch().resolve(name + ".cer") + " -out "
                + home.scratch().resolve(name + ".pem"));
    }

    private void fetchFile(String path, String name) {
        shell.run("curl", "-sSf", "-o", home.scratch().resolve(name).toString(), open(path))
                .requireDone();
    }

    private String open(String path) {
        return "http://localhost:" + home.ports().open() + "/" + path;
    }

    private String openssl(String arguments) {
        return shell.run(Product.words("openssl " + arguments)).requireDone().out();
    }
}
