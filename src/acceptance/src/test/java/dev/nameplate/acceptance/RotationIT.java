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
 * Every key is replaced while devices go on with what they do, and all of them by keys in another token. {@code -Dnameplate.rotation.kills=N} has the server killed N times
 * within each step; the usual is once, within the switch and within the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RotationIT {
    private static final String SETTLE = "settle: PT5S";
    private static final int KILLS = Integer.getInteger("nameplate.rotation.kills", 0);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ProductHome home = ProductHome.create();
    private final Program shell = new Program(home.scratch(), Map.of());
    private OtherToken token;
    private ServerProcess server;
    private OperatorApi api;
    private KeySteps steps;

    @BeforeAll
    void begin() {
        home.changeSettings(settings -> settings.replace(SETTLE, "settle: PT1S"));
        token = OtherToken.beside(home);
        assertThat(home.serveInVain().err().strip())
                .hasLineCount(1)
                .contains("there is no token nameplate among [second]; name it in the settings (tokens)");
        token.nameTheFormer();
        server = home.serve();
        api = home.operatorApi();
        steps = new KeySteps(api);
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
            steps.rotate("root", 2);
            steps.rotate("devices", 2);
            steps.changeKeys("ocsp");
            steps.changeKeys("tls");
            steps.changeKeys("audit");
            steps.changeKeys("kek");
            int lives = load.done("lives");
            goesOn(load, "lives", lives + 2);
            steps.step("devices", 1, "retirement");
            goesOn(load, "lives", lives + 4);
            assertThat(load.done("ocsp")).isPositive();
            assertThat(load.done("cacerts")).isPositive();
            goesOn(load, "line", 1);
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
        startsWithoutTheTokenThatItLeft(line, key);
    }

    /** Everything was made anew in the other token; what is left in the one before are keys that are not needed any more. */
    private void startsWithoutTheTokenThatItLeft(RotationLine line, byte[] key) throws IOException {
        steps.rotate("factory", 2);
        for (String issuer : List.of("factory", "root")) {
            steps.step(issuer, 1, "retirement");
        }
        for (String issuer : List.of("devices", "factory", "root")) {
            OtherToken.destroy(api, issuer, 1);
        }
        assertThat(OtherToken.statesOfTheFormer(api)).containsOnly("retired", "destroyed");
        server.close();
        token.removeTheFormer();
        server = home.serve();

        assertThat(line.keyOf("unit-0")).isEqualTo(key);
        assertThat(issuerOf(enrolled("elsewhere"))).isEqualTo("g3");
        assertThat(api.get("/api/v1/doctor").text()).doesNotContain("\"fault\"");
        assertThat(OtherToken.statesOfTheFormer(api)).containsOnly("missing", "destroyed");
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
        OtherToken.destroy(api, "devices", 2);
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
        steps.step(issuer, generation, step);
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

    /** Whatever becomes of it. */
    private void unheard(String issuer, int generation, String step) {
        try {
            api.ask(KeySteps.path(issuer, generation, step), KeySteps.body(step));
        } catch (IOException expected) {
            assertThat(expected).isNotNull();
        }
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
