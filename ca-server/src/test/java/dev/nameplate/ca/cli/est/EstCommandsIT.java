package dev.nameplate.ca.cli.est;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.testkit.TestToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nameplate est} against servers with ways of their own. */
class EstCommandsIT {
    private static final EstStub.Before NOTHING = _ -> false;

    @TempDir
    private Path files;

    @Test
    void asksAgainWhenTheServerSaysSo() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (EstStub server = new EstStub(exchange -> {
            boolean pending = isPost(exchange) && asked.incrementAndGet() < 3;
            if (pending) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                EstStub.answer(exchange, 202);
            }
            return pending;
        })) {
            assertThat(enroll(server, "--wait", "PT1M").exit()).isZero();

            assertThat(asked).hasValue(3);
            assertThat(files.resolve("cert.pem")).exists();
        }
    }

    @Test
    void doesNotWaitUnlessItIsTold() throws IOException {
        try (EstStub server = new EstStub(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            EstStub.answer(exchange, 202);
            return true;
        })) {
            EstRun ended = enroll(server);

            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.err()).contains("202", "try again in 7 s");
            assertThat(enroll(server, "--wait", "PT5S").exit()).isEqualTo(3);
            assertThat(server.seen()).hasSize(2);
        }
    }

    @Test
    void tellsAnOperationThatIsNotOfferedFromAServerThatFailed() throws IOException {
        for (int status : new int[] {501, 500}) {
            try (EstStub server = new EstStub(exchange -> {
                EstStub.answer(exchange, status);
                return true;
            })) {
                EstRun ended = enroll(server);

                assertThat(ended.exit()).isEqualTo(status == 501 ? 1 : 3);
                assertThat(ended.err()).contains(String.valueOf(status));
            }
        }
    }

    @Test
    void provesThePasswordByDigestAndDoesNotSendIt() throws IOException {
        List<String> shown = new ArrayList<>();
        try (EstStub server = new EstStub(exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization == null) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"r\"");
                exchange.getResponseHeaders()
                        .add("WWW-Authenticate", "Digest realm=\"r\", nonce=\"abc\", qop=\"auth\", algorithm=SHA-256");
                EstStub.answer(exchange, 401);
                return true;
            }
            shown.add(authorization);
            return false;
        })) {
            assertThat(enroll(server).exit()).isZero();
        }
        assertThat(shown).singleElement().satisfies(header -> {
            String ha1 = sha256("sensor-17:r:secret");
            String ha2 = sha256("POST:/.well-known/est/simpleenroll");
            String response = sha256(ha1 + ":abc:00000001:" + parameter(header, "cnonce") + ":auth:" + ha2);
            assertThat(parameter(header, "response")).isEqualTo(response);
        });
    }

    @Test
    void followsRedirectsWithinTheServer() throws IOException {
        try (EstStub server = new EstStub(exchange -> {
            boolean elsewhere = !exchange.getRequestURI().getPath().contains("/there/");
            if (elsewhere) {
                exchange.getResponseHeaders().set("Location", "/.well-known/est/there/simpleenroll");
                EstStub.answer(exchange, 307);
            }
            return elsewhere;
        })) {
            assertThat(enroll(server).exit()).isZero();
            assertThat(server.seen()).containsExactly("POST simpleenroll", "POST simpleenroll");
        }
    }

    @Test
    void followsNoRedirectToAnotherServer() throws IOException {
        try (EstStub other = new EstStub(NOTHING);
                EstStub server = new EstStub(exchange -> {
                    exchange.getResponseHeaders().set("Location", other.url() + "/.well-known/est/simpleenroll");
                    EstStub.answer(exchange, 307);
                    return true;
                })) {
            EstRun ended = enroll(server);

            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.err()).contains(other.url());
            assertThat(other.seen()).isEmpty();
        }
    }

    @Test
    void believesARootByItsFingerprintAlone() throws IOException {
        try (EstStub server = new EstStub(NOTHING)) {
            String fingerprint =
                    EstRun.at(server, "cacerts", "--bootstrap").out().strip().split(" ", 2)[0];
            assertThat(fingerprint).isEqualTo(hex(sha256(server.ca().root().getEncoded())));

            EstRun right = EstRun.at(server, with(credentials(), "enroll", "--fingerprint", fingerprint));
            assertThat(right.exit()).as(right.err()).isZero();

            server.seen().clear();
            EstRun wrong = EstRun.at(server, with(credentials(), "enroll", "--fingerprint", "00".repeat(32)));
            assertThat(wrong.exit()).isEqualTo(1);
            assertThat(wrong.err()).contains(fingerprint);
            assertThat(server.seen()).containsExactly("GET cacerts");
        }
    }

    @Test
    void keepsItsKeyInATokenForRequestsAndForTls() throws IOException {
        try (TestToken token = TestToken.made();
                EstStub server = new EstStub(NOTHING)) {
            Path pin = Files.writeString(files.resolve("pin"), token.pin() + "\n");
            String key = "pkcs11:token=" + token.label().replace(" ", "%20") + ";object=tls?module-path="
                    + token.module() + "&pin-source=file:" + pin;
            Path certificate = files.resolve("cert.pem");

            EstRun first = EstRun.at(
                    server,
                    trusting(
                            server,
                            "enroll",
                            "--key",
                            key,
                            "--out",
                            certificate.toString(),
                            "--subject",
                            "CN=sensor-17"));
            assertThat(first.exit()).as(first.err()).isZero();
            EstRun second = EstRun.at(
                    server,
                    trusting(
                            server,
                            "reenroll",
                            "--key",
                            key,
                            "--cert",
                            certificate.toString(),
                            "--out",
                            files.resolve("next.pem").toString()));

            assertThat(second.exit()).as(second.err()).isZero();
            assertThat(server.seen()).containsExactly("POST simpleenroll", "POST simplereenroll by CN=sensor-17");
            assertThat(PemFiles.certificates(files.resolve("next.pem"))
                            .getFirst()
                            .getSubjectPublicKeyInfo())
                    .isEqualTo(PemFiles.certificates(certificate).getFirst().getSubjectPublicKeyInfo());
        }
    }

    @Test
    void tellsWhenToRenewAndWhy() throws IOException {
        try (EstStub server = new EstStub(told("""
                {"suggestedWindow": {"start": "2020-01-01T00:00:00Z", "end": "2020-01-02T01:00:00+01:00"},
                 "reason": "a weak\\ngenerator", "explanationURL": "https://ca.example/why", "more": 1}"""))) {
            EstRun words = renewalInfo(server);
            assertThat(words.exit()).as(words.err()).isZero();
            assertThat(words.out()).isEqualToIgnoringNewLines("""
                    due: renew between 2020-01-01T00:00:00Z and 2020-01-02T00:00:00Z
                    because a weak generator
                    more at https://ca.example/why
                    ask again in 21600 s
                    """);

            assertThat(renewalInfo(server, "--json").out().strip()).isEqualTo("""
                    {"start":"2020-01-01T00:00:00Z","end":"2020-01-02T00:00:00Z","due":true,"reason":"a weak generator",\
                    "explanationURL":"https://ca.example/why","askAgainInSeconds":21600}""");
            assertThat(server.seen()).contains("GET renewalinfo by CN=sensor-17");
        }
    }

    @Test
    void saysThatARenewalIsNotDueYet() throws IOException {
        try (EstStub server = new EstStub(told("""
                {"suggestedWindow": {"start": "2999-01-01T00:00:00Z", "end": "2999-01-02T00:00:00Z"}}"""))) {
            assertThat(renewalInfo(server).out()).startsWith("renew between 2999-01-01T00:00:00Z");
            assertThat(renewalInfo(server, "--json").out()).contains("\"due\":false");
        }
    }

    @Test
    void tellsAServerWithoutRenewalInfoFromOneThatTalksNonsense() throws IOException {
        try (EstStub without = new EstStub(exchange -> answers(exchange, 404))) {
            EstRun ended = renewalInfo(without);
            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.err()).contains("404");
        }
        for (String nonsense : List.of("", "[]", "{}", """
                {"suggestedWindow": {"start": "tomorrow", "end": "2020-01-02T00:00:00Z"}}""", """
                {"suggestedWindow": {"start": "2020-01-02T00:00:00Z", "end": "2020-01-01T00:00:00Z"}}""")) {
            try (EstStub server = new EstStub(told(nonsense))) {
                EstRun ended = renewalInfo(server);
                assertThat(ended.exit()).as(nonsense).isEqualTo(3);
                assertThat(ended.err()).contains("the server's answer is not");
            }
        }
    }

    @Test
    void writesOverNoKeyUnlessItIsForcedTo() throws IOException {
        try (EstStub server = new EstStub(NOTHING)) {
            Path key = Files.writeString(files.resolve("made.key"), "a key");
            String[] arguments = trusting(
                    server,
                    "serverkeygen",
                    "--request-key",
                    files.resolve("request.key").toString(),
                    "--key-out",
                    key.toString(),
                    "--out",
                    files.resolve("cert.pem").toString());

            assertThat(EstRun.at(server, arguments).exit()).isEqualTo(1);
            assertThat(server.seen()).isEmpty();
            assertThat(key).hasContent("a key");
        }
    }

    @Test
    void endsWith2WhenItIsUsedWrongly() throws IOException {
        try (EstStub server = new EstStub(NOTHING)) {
            assertThat(EstRun.at(server, trusting(server, "cacerts", "--fingerprint", "00".repeat(32)))
                            .exit())
                    .isEqualTo(2);
            assertThat(EstRun.at(server, "cacerts", "--fingerprint", "what?").exit())
                    .isEqualTo(2);
        }
    }

    private static EstStub.Before told(String json) {
        return exchange -> exchange.getRequestURI().getPath().endsWith("/renewalinfo") && told(exchange, json);
    }

    private static boolean told(HttpExchange exchange, String json) throws IOException {
        byte[] octets = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Retry-After", "21600");
        exchange.sendResponseHeaders(200, octets.length == 0 ? -1 : octets.length);
        exchange.getResponseBody().write(octets);
        return true;
    }

    private static boolean answers(HttpExchange exchange, int status) throws IOException {
        boolean asked = exchange.getRequestURI().getPath().endsWith("/renewalinfo");
        if (asked) {
            EstStub.answer(exchange, status);
        }
        return asked;
    }

    /** With the certificate that the server gave it first. */
    private EstRun renewalInfo(EstStub server, String... more) throws IOException {
        EstRun enrolled = enroll(server, "--subject", "CN=sensor-17");
        assertThat(enrolled.exit()).as(enrolled.err()).isZero();
        return EstRun.at(
                server,
                with(
                        more,
                        trusting(
                                server,
                                "renewalinfo",
                                "--cert",
                                files.resolve("cert.pem").toString(),
                                "--key",
                                files.resolve("device.key").toString())));
    }

    private EstRun enroll(EstStub server, String... more) throws IOException {
        return EstRun.at(server, with(more, with(credentials(), trusting(server, "enroll"))));
    }

    private String[] credentials() {
        return new String[] {
            "--user",
            "sensor-17",
            "--code",
            "secret",
            "--key",
            files.resolve("device.key").toString(),
            "--out",
            files.resolve("cert.pem").toString()
        };
    }

    private String[] trusting(EstStub server, String command, String... more) throws IOException {
        Path trust = Files.writeString(
                files.resolve("trust.pem"), PemFiles.pem(server.ca().root()));
        return with(more, command, "--trust", trust.toString());
    }

    private static String[] with(String[] after, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(after));
        return all.toArray(String[]::new);
    }

    private static boolean isPost(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("POST");
    }

    private static String parameter(String header, String name) {
        Matcher found = Pattern.compile("[ ,]" + name + "=\"([^\"]*)\"").matcher(header);
        assertThat(found.find()).as(header).isTrue();
        return found.group(1);
    }

    private static String sha256(String text) {
        return hex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
