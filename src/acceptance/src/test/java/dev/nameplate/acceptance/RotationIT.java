package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The key of the issuer and that of the root are replaced while devices go on with what they do. */
final class RotationIT {
    private static final String SETTLE = "settle: PT5S";

    private final ProductHome home = ProductHome.create();
    private final Program shell = new Program(home.scratch(), Map.of());
    private ServerProcess server;

    RotationIT() {
        home.changeSettings(settings -> settings.replace(SETTLE, "settle: PT1S"));
        server = home.serve();
    }

    @AfterEach
    void close() {
        server.close();
        home.close();
    }

    @Test
    void replacesIssuerAndRootWithoutOneRequestRefused() throws IOException {
        Path oldRoot = Files.copy(home.trust(), home.scratch().resolve("old-root.pem"));
        Path before = enrolled("before");
        fetch("ca/devices/g1.cer", "devices-1");
        fetch("ca/root/g1.cer", "root-1");
        try (RotationLoad load = new RotationLoad(home, oldRoot, ocspRequest(before)).start()) {
            rotate("root", 2);
            rotate("devices", 2);
            await().atMost(Duration.ofSeconds(60)).until(() -> load.done("lives") > 5);
            int lives = load.done("lives");
            step("retire", "devices");
            await().atMost(Duration.ofSeconds(60)).until(() -> load.done("lives") > lives + 2);
            assertThat(load.complaints()).isEmpty();
            assertThat(load.done("ocsp")).isPositive();
            assertThat(load.done("cacerts")).isPositive();
        }
        Path after = enrolled("after");
        fetch("ca/root/g2.cer", "root-2");
        Path links = caCerts();
        for (Path certificate : List.of(before, after)) {
            verified(oldRoot, links, certificate);
            verified(home.scratch().resolve("root-2.pem"), links, certificate);
        }
        saysOfARetiredIssuersCertificateThatItIsRevoked(before);
    }

    @Test
    void refusesTheSwitchUntilTheFleetHasTheNewChainAndTakesItBack() throws IOException {
        enrolled("sensor-1");
        enrolled("sensor-2");
        step("prepare", "devices");
        step("publish", "devices");

        Program.Ended refused = home.nameplate("issuer", "activate", "devices");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("0 of 2 devices");

        fetchCaCertsAs("sensor-1");
        fetchCaCertsAs("sensor-2");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> home.nameplate("issuer", "activate", "devices").exit() == 0);
        assertThat(issuerOf(enrolled("sensor-3"))).isEqualTo("g2");

        home.nameplate("issuer", "activate", "devices", "--generation", "1");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> home.nameplate("issuer", "activate", "devices", "--generation", "1")
                                .exit()
                        == 0);
        assertThat(issuerOf(enrolled("sensor-4"))).isEqualTo("g1");
    }

    @Test
    void goesOnAfterItWasKilledAtEveryStep() throws IOException {
        enrolled("sensor-1");
        for (String step : List.of("prepare", "publish", "activate --force", "retire", "destroy --force")) {
            killedDuring(step);
            await().atMost(Duration.ofSeconds(60)).until(() -> home.nameplate(words(step)).exit() == 0);
        }
        assertThat(home.nameplate("issuer", "list").requireDone().out())
                .containsPattern("devices/1 +destroyed")
                .containsPattern("devices/2 +active")
                .doesNotContain("devices/3");
        assertThat(issuerOf(enrolled("sensor-2"))).isEqualTo("g2");
    }

    /** The server ends somewhere within the step: each time somewhere else. */
    private void killedDuring(String step) {
        for (int delay : List.of(0, 30, 90)) {
            Thread asking = Thread.ofPlatform().start(() -> home.nameplate(words(step)));
            await().pollDelay(Duration.ofMillis(600 + delay)).until(() -> true);
            server.kill();
            try {
                asking.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server = home.serve();
        }
    }

    private static String[] words(String step) {
        List<String> words = List.of(step.split(" ", -1));
        return Stream.of(
                        List.of("issuer", words.getFirst(), "devices"), words.subList(1, words.size()))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private void saysOfARetiredIssuersCertificateThatItIsRevoked(Path certificate) throws IOException {
        String serial = openssl("x509 -noout -serial -in " + certificate).strip().substring("serial=".length());
        home.nameplate("cert", "revoke", serial, "--reason", "key-compromise").requireDone();

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
        step("prepare", issuer);
        step("publish", issuer);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> home.nameplate("issuer", "activate", issuer, "--force").exit() == 0);
        assertThat(home.nameplate("issuer", "list").requireDone().out())
                .containsPattern(issuer + "/" + generation + " +active");
    }

    private void step(String step, String issuer) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> home.nameplate("issuer", step, issuer).exit() == 0);
    }

    private Path enrolled(String device) throws IOException {
        Path bench = Files.createDirectories(home.scratch().resolve(device));
        try (OperatorApi api = home.operatorApi();
                EstDoor door = EstDoor.of(home)) {
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

    private void fetchCaCertsAs(String device) {
        Path bench = home.scratch().resolve(device);
        shell.run(
                        "curl",
                        "-sSf",
                        "--cacert",
                        home.trust().toString(),
                        "--cert",
                        bench.resolve("cert.pem").toString(),
                        "--key",
                        bench.resolve("key.pem").toString(),
                        home.deviceDoor() + "/.well-known/est/cacerts")
                .requireDone();
    }

    private String issuerOf(Path certificate) {
        String text = openssl("x509 -noout -text -in " + certificate);
        return text.replaceAll("(?s).*/ca/devices/(g\\d+)\\.cer.*", "$1");
    }

    private Path caCerts() {
        Path file = home.scratch().resolve("cacerts.pem");
        shell.run(
                        "sh",
                        "-c",
                        "curl -sSf --cacert " + home.trust() + " " + home.deviceDoor()
                                + "/.well-known/est/cacerts | openssl base64 -d | openssl pkcs7 -inform der"
                                + " -print_certs -out " + file)
                .requireDone();
        // the retired issuer's certificate is where its certificates say
        shell.run("sh", "-c", "cat " + home.scratch().resolve("devices-1.pem") + " >> " + file)
                .requireDone();
        return file;
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
