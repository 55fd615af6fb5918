package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.est.BasicCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever wants to know of a device's certificate, with OpenSSL and GnuTLS. */
@ExtendWith(Product.Shared.class)
final class OcspIT {
    private static final byte[] TRY_LATER = {0x30, 3, 0x0a, 1, 3};

    private final Product product;
    private final Program shell;
    private final Path issuer;
    private final Path root;
    private Path certificate = Path.of("");
    private String serial = "";

    OcspIT(Product product) throws IOException {
        this.product = product;
        this.shell = product.bench();
        this.issuer = issuer("devices");
        this.root = issuer("root");
    }

    @BeforeEach
    void enrols() throws IOException {
        certificate = enrolled(product);
        serial = openssl("x509 -noout -serial -in " + certificate).strip().substring("serial=".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-no_nonce", "-nonce", "-sha256 -no_nonce", "-sha1 -nonce"})
    void agreesWithOpensslFromIssuanceToTheEnd(String options) throws IOException {
        assertThat(opensslSays(options)).isEqualTo("good");

        product.api().hold(serial);
        assertThat(opensslSays(options)).isEqualTo("revoked certificateHold");

        product.api().release(serial);
        assertThat(opensslSays(options)).isEqualTo("good");

        product.api().revoke(serial, "key-compromise");
        assertThat(opensslSays(options)).isEqualTo("revoked keyCompromise");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-nonce", "--nonce"})
    void agreesWithGnutls(String nonce) throws IOException {
        assertThat(gnutlsSays(nonce)).isEqualTo("good");

        product.api().hold(serial);
        assertThat(gnutlsSays(nonce)).isEqualTo("revoked");

        product.api().release(serial);
        assertThat(gnutlsSays(nonce)).isEqualTo("good");

        product.api().revoke(serial, "superseded");
        assertThat(gnutlsSays(nonce)).isEqualTo("revoked");
    }

    @Test
    void isWhereTheCertificateSays() {
        assertThat(openssl("x509 -noout -ocsp_uri -in " + certificate).strip()).isEqualTo(ocsp());
    }

    @Test
    void knowsWhatItNeverIssuedAndWhoseItIsNot() throws IOException {
        assertThat(shell.run(Product.words("openssl ocsp -url " + ocsp() + " -issuer " + issuer
                                + " -serial 0x4711 -CAfile " + root + " -verify_other " + issuer))
                        .requireDone()
                        .out())
                .contains("0x4711: unknown");
        assertThat(gnutlsSays("--no-nonce", unknown())).isEqualTo("unknown");
        Program.Ended foreign = shell.run(Product.words(
                "openssl ocsp -url " + ocsp() + " -issuer " + certificate + " -serial 1 -CAfile " + root));
        assertThat(foreign.out() + foreign.err()).contains("unauthorized");
    }

    @Test
    void speaksForTheRootOfTheIssuers() {
        String said = shell.run(Product.words("openssl ocsp -no_nonce -url " + ocsp() + " -issuer " + root + " -cert "
                        + issuer + " -CAfile " + root))
                .requireDone()
                .out();

        assertThat(said).contains(": good");
    }

    @Test
    void goesOnWithWhatItKeptWhileTheTokenIsAwayAndWithTheRestOnceItIsBack() throws IOException {
        try (Product own = Product.with(settings -> settings)) {
            Path kept = enrolled(own);
            Path other = enrolled(own);
            OcspIT client = new OcspIT(own);
            byte[] first = client.asked(kept);
            own.home().token().takeAway();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> List.of(client.ask(client.request(other)).body().length)
                            .contains(TRY_LATER.length));
            assertThat(client.asked(kept)).isEqualTo(first);
            assertThat(own.server().isAlive()).isTrue();

            own.home().token().giveBack();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client.ask(client.request(other)).body().length > TRY_LATER.length);
        }
    }

    @Test
    void renewsItsRespondersWithoutARestart() throws IOException {
        String dueAtOnce = "ocsp-no-check: true }\n    renewal: { window: P29DT23H59M50S }";
        try (Product own = Product.with(settings ->
                settings.replaceFirst("ocsp-no-check: true }\\n    renewal: \\{ window: P10D }", dueAtOnce))) {
            OcspIT client = new OcspIT(own);
            Path asked = enrolled(own);
            String first = client.responder(asked);

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> !client.responder(asked).equals(first));

            assertThat(own.server().isAlive()).isTrue();
        }
    }

    /** The answers that would be asked for all the time are those that are kept. */
    @Test
    void saysRevokedOnTheNextRequestHoweverBusyItIs() throws Exception {
        byte[] request = request(certificate);
        HttpClient client = HttpClient.newHttpClient();
        List<Thread> load = new ArrayList<>();
        var busy = new AtomicBoolean(true);
        for (int i = 0; i < 4; i++) {
            load.add(Thread.ofVirtual().start(() -> {
                while (busy.get()) {
                    client.sendAsync(post(request), BodyHandlers.ofByteArray()).join();
                }
            }));
        }
        for (int round = 0; round < 10; round++) {
            product.api().hold(serial);
            assertThat(says(ask(request).body())).contains("revoked");
            product.api().release(serial);
            assertThat(says(ask(request).body())).contains("good");
        }
        busy.set(false);
        for (Thread thread : load) {
            thread.join();
        }
        client.close();
    }

    @Test
    void isReadByGetAsWellAsByPost() throws Exception {
        byte[] request = request(certificate);
        String base64 = Base64.getEncoder().encodeToString(request);
        HttpClient client = HttpClient.newHttpClient();

        HttpResponse<byte[]> heard = client.send(
                HttpRequest.newBuilder(URI.create(ocsp() + "/" + base64)).build(), BodyHandlers.ofByteArray());

        assertThat(heard.statusCode()).isEqualTo(200);
        assertThat(heard.body()).isEqualTo(ask(request).body());
        assertThat(heard.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("max-age="));
        client.close();
    }

    /** {@code good}, {@code unknown}, or {@code revoked} and why; the signature and the chain of the answer are right. */
    private String opensslSays(String options) {
        Program.Ended ended = shell.run(Product.words("openssl ocsp " + options + " -url " + ocsp() + " -issuer "
                        + issuer + " -cert " + certificate + " -CAfile " + root + " -verify_other " + issuer))
                .requireDone();
        assertThat(ended.err()).contains("Response verify OK").doesNotContain("no nonce in response");
        String status = after(certificate + ": ", ended.out());
        return status.equals("revoked") ? "revoked " + after("Reason: ", ended.out()) : status;
    }

    private String gnutlsSays(String nonce) throws IOException {
        return gnutlsSays(nonce, certificate);
    }

    /** A certificate in the issuer's name that it never issued: ocsptool asks about nothing else than certificates. */
    private Path unknown() throws IOException {
        Path key = Files.createTempFile(product.home().scratch(), "ocsp", ".key");
        Path pem = Files.createTempFile(product.home().scratch(), "ocsp", ".pem");
        openssl("ecparam -name prime256v1 -genkey -noout -out " + key);
        shell.run(List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-new",
                        "-key",
                        key.toString(),
                        "-subj",
                        "/CN=Nameplate Devices CA",
                        "-set_serial",
                        "0x4712",
                        "-days",
                        "1",
                        "-out",
                        pem.toString()))
                .requireDone();
        return pem;
    }

    private String gnutlsSays(String nonce, Path about) throws IOException {
        Path trust = Files.createTempFile(product.home().scratch(), "trust", ".pem");
        Files.writeString(trust, Files.readString(root) + Files.readString(issuer));
        Program.Ended ended = shell.run(Product.words("ocsptool --ask=" + ocsp() + " " + nonce + " --load-issuer "
                + issuer + " --load-cert " + about + " --load-trust " + trust));
        assertThat(ended.out()).contains("Verifying OCSP Response: Success");
        return after("Certificate Status: ", ended.out());
    }

    private static String after(String begin, String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line begins with " + begin + ":\n" + text))
                .substring(begin.length());
    }

    private byte[] asked(Path about) throws IOException {
        byte[] body = ask(request(about)).body();
        assertThat(says(body)).contains("good");
        return body;
    }

    /** The serial of the certificate in an answer signed now. */
    private String responder(Path about) throws IOException {
        Path answer = Files.createTempFile(product.home().scratch(), "ocsp", ".resp");
        Program.Ended ended = shell.run(Product.words("openssl ocsp -nonce -url " + ocsp() + " -issuer " + issuer
                + " -cert " + about + " -CAfile " + root + " -verify_other " + issuer + " -respout " + answer));
        assertThat(ended.err()).contains("Response verify OK");
        String text = says(Files.readAllBytes(answer));
        return text.substring(text.indexOf("Certificate:"))
                        .lines()
                        .skip(3)
                        .findFirst()
                        .orElseThrow()
                + text.lines()
                        .dropWhile(line -> !line.contains("Certificate:"))
                        .filter(line -> line.contains("Not Before"))
                        .findFirst()
                        .orElseThrow();
    }

    private byte[] request(Path about) throws IOException {
        Path file = Files.createTempFile(product.home().scratch(), "ocsp", ".req");
        openssl("ocsp -no_nonce -issuer " + issuer + " -cert " + about + " -reqout " + file);
        return Files.readAllBytes(file);
    }

    private String says(byte[] answer) throws IOException {
        Path file = Files.createTempFile(product.home().scratch(), "ocsp", ".resp");
        Files.write(file, answer);
        return openssl("ocsp -resp_text -noverify -respin " + file);
    }

    private Answer ask(byte[] request) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new Answer(client.send(post(request), BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpRequest post(byte[] request) {
        return HttpRequest.newBuilder(URI.create(ocsp()))
                .header("Content-Type", "application/ocsp-request")
                .POST(BodyPublishers.ofByteArray(request))
                .build();
    }

    private String ocsp() {
        return "http://localhost:" + product.home().ports().open() + "/ocsp";
    }

    private Path issuer(String name) throws IOException {
        Path pem = Files.createTempFile(product.home().scratch(), name, ".pem");
        Path der = Files.createTempFile(product.home().scratch(), name, ".cer");
        shell.run(Product.words("curl -sS -f -o " + der + " http://localhost:"
                        + product.home().ports().open() + "/ca/" + name + ".cer"))
                .requireDone();
        openssl("x509 -inform der -in " + der + " -out " + pem);
        return pem;
    }

    private Path enrolled(Product from) throws IOException {
        Product.Newcomer newcomer = from.newcomer("ocsp");
        Path key = Files.createTempFile(from.home().scratch(), "ocsp", ".key");
        Path csr = Files.createTempFile(from.home().scratch(), "ocsp", ".csr");
        openssl("ecparam -name prime256v1 -genkey -noout -out " + key);
        openssl("req -new -key " + key + " -subj /CN=" + newcomer.device() + " -outform DER -out " + csr);
        byte[] body = Base64.getEncoder().encode(Files.readAllBytes(csr));
        try (EstDoor door = EstDoor.of(from.home())) {
            Answer answer = door.enrol(new BasicCredentials(newcomer.device(), newcomer.code()), body);
            Path message = Files.createTempFile(from.home().scratch(), "ocsp", ".p7");
            Path pem = Files.createTempFile(from.home().scratch(), "ocsp", ".pem");
            Files.write(message, Base64.getMimeDecoder().decode(answer.body()));
            openssl("pkcs7 -inform der -print_certs -in " + message + " -out " + pem);
            return pem;
        }
    }

    private String openssl(String arguments) {
        return shell.run(Product.words("openssl " + arguments)).requireDone().out();
    }
}
