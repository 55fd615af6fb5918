package dev.nameplate.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.Product.Newcomer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A device that has nothing but curl and openssl. */
@ExtendWith(Product.Shared.class)
final class CurlIT {
    private final Product product;
    private final Program shell;

    CurlIT(Product product) throws IOException {
        this.product = product;
        this.shell = product.bench();
    }

    /** How a request's body is written. */
    enum Form {
        PEM,
        DER,
        WRAPPED,
        FLAT
    }

    private Path caCerts = Path.of("");

    @BeforeEach
    void fetchesTheCaCertificates() throws IOException {
        caCerts = certificates(curl("cacerts").requireDone().output());

        assertThat(Files.readString(caCerts)).contains("BEGIN CERTIFICATE");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void enrolsWithACodeAndRenewsWithItsCertificate(Form form) throws IOException {
        Newcomer newcomer = product.newcomer("curl");
        Path key = key();
        Path first = enrol(newcomer, request(newcomer, key, form));
        product.requireChain(shell, caCerts, first);
        assertThat(publicKeyOf(first)).isEqualTo(publicKey(key));

        Path newKey = key();
        Path second = renew(first, key, request(newcomer, newKey, form));
        product.requireChain(shell, caCerts, second);
        assertThat(publicKeyOf(second)).isEqualTo(publicKey(newKey));
        assertThat(openssl("x509 -noout -subject -in " + second))
                .isEqualTo(openssl("x509 -noout -subject -in " + first))
                .contains(newcomer.device());
    }

    @Test
    void findsNoEstWithoutTls() throws IOException {
        for (int port :
                List.of(product.home().ports().open(), product.home().ports().device())) {
            Program.Ended ended = shell.run(List.of(
                    "curl",
                    "-sS",
                    "-L",
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{http_code} %{num_redirects}",
                    "http://localhost:" + port + "/.well-known/est/cacerts"));

            assertThat(ended.out()).isIn("404 0", "400 0", "000 0");
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, 0", "elsewhere.example, 62"})
    void findsTheNameItDialsInTheServersCertificate(String name, String verdict) throws IOException {
        assertThat(shell.run(Product.words("openssl s_client -connect localhost:"
                                + product.home().ports().device() + " -CAfile " + product.trust()
                                + " -verify_hostname " + name))
                        .out())
                .contains("Verify return code: " + verdict + " ");
    }

    @Test
    void isAnsweredInTheFormItAskedIn() throws IOException {
        assertThat(answerTo(Form.FLAT)).doesNotContain("\n");
        assertThat(answerTo(Form.WRAPPED).lines()).hasSizeGreaterThan(5).allMatch(line -> line.length() <= 64);
    }

    @Test
    void getsTheSameCertificateForTheSameKeyAgain() throws IOException {
        Newcomer newcomer = product.newcomer("curl");
        Path key = key();

        Path once = enrol(newcomer, request(newcomer, key, Form.WRAPPED));
        Path again = enrol(newcomer, request(newcomer, key, Form.FLAT));

        assertThat(again).hasSameBinaryContentAs(once);
    }

    @Test
    void cannotUseACodeForAnotherKey() throws IOException {
        Newcomer newcomer = product.newcomer("curl");
        enrol(newcomer, request(newcomer, key(), Form.WRAPPED));

        Program.Ended second = curl(
                "simpleenroll",
                "-u",
                newcomer.userAndPassword(),
                "--data-binary",
                "@" + request(newcomer, key(), Form.PEM));

        assertThat(second.exit()).isNotZero();
        assertThat(second.err()).contains("401");
        assertThat(second.out().strip().lines()).hasSize(1);
    }

    private String answerTo(Form form) throws IOException {
        Newcomer newcomer = product.newcomer("curl");
        return curl(
                        "simpleenroll",
                        "-u",
                        newcomer.userAndPassword(),
                        "--data-binary",
                        "@" + request(newcomer, key(), form))
                .requireDone()
                .out();
    }

    private Path enrol(Newcomer newcomer, Path request) throws IOException {
        return certificates(curl("simpleenroll", "-u", newcomer.userAndPassword(), "--data-binary", "@" + request)
                .requireDone()
                .output());
    }

    private Path renew(Path certificate, Path key, Path request) throws IOException {
        return certificates(curl(
                        "simplereenroll",
                        "--cert",
                        certificate.toString(),
                        "--key",
                        key.toString(),
                        "--data-binary",
                        "@" + request)
                .requireDone()
                .output());
    }

    private Program.Ended curl(String operation, String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail-with-body", "--cacert"));
        command.add(product.trust().toString());
        if (arguments.length > 0) {
            command.addAll(List.of("-H", "Content-Type: application/pkcs10"));
        }
        command.addAll(List.of(arguments));
        command.add(product.est(operation));
        return shell.run(command);
    }

    private Path key() throws IOException {
        Path key = file("key");
        openssl("ecparam -name prime256v1 -genkey -noout -out " + key);
        return key;
    }

    private Path request(Newcomer newcomer, Path key, Form form) throws IOException {
        Path request = file("csr");
        String encoding = form == Form.PEM ? "PEM" : "DER";
        openssl("req -new -key " + key + " -subj /CN=" + newcomer.device() + " -outform " + encoding + " -out "
                + request);
        switch (form) {
            case WRAPPED -> openssl("base64 -in " + request + " -out " + request + ".b64");
            case FLAT -> openssl("base64 -A -in " + request + " -out " + request + ".b64");
            case PEM, DER -> Files.copy(request, Path.of(request + ".b64"));
        }
        return Path.of(request + ".b64");
    }

    /** From base64 of certs-only to PEM. */
    private Path certificates(byte[] answer) throws IOException {
        Path message = file("p7");
        Path certificates = file("pem");
        Files.write(message, Base64.getMimeDecoder().decode(new String(answer, US_ASCII)));
        openssl("pkcs7 -inform der -print_certs -in " + message + " -out " + certificates);
        return certificates;
    }

    private String publicKey(Path key) {
        return openssl("pkey -pubout -in " + key);
    }

    private String publicKeyOf(Path certificate) {
        return openssl("x509 -noout -pubkey -in " + certificate);
    }

    private String openssl(String arguments) {
        return shell.run(Product.words("openssl " + arguments)).requireDone().out();
    }

    private Path file(String end) throws IOException {
        return Files.createTempFile(product.home().scratch(), "curl", "." + end);
    }
}
