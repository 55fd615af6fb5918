package dev.nameplate.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.Product.Newcomer;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests linked to their TLS session, which OpenSSL holds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LinkingIT {
    private static final Pattern EXPORTED = Pattern.compile("Keying material: ([0-9A-F]{64})\\s");
    /** The first message of TLS 1.2 that is a Finished, the client's: type, length 12, and its value. */
    private static final Pattern FINISHED = Pattern.compile(
            ">>> TLS 1\\.2, Handshake \\[length 0010], Finished\\s+14 00 00 0c ((?:[0-9a-f]{2}\\s+){12})");

    private Product product;

    @BeforeAll
    void serve() {
        product = Product.with(text -> text.replaceFirst("linking: when-given", "linking: required"));
    }

    @AfterAll
    void stop() {
        product.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void takesTheBindingThatOpensslHas(String protocol) throws Exception {
        Newcomer newcomer = product.newcomer("linked");
        try (Session session = new Session(protocol)) {
            String answer = session.enrol(newcomer, session.binding());

            assertThat(answer).startsWith("HTTP/1.1 200").contains("Connection: close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void refusesTheBindingOfAnotherSession(String protocol) throws Exception {
        Newcomer newcomer = product.newcomer("linked");
        try (Session other = new Session(protocol);
                Session session = new Session(protocol)) {
            session.binding();

            assertThat(session.enrol(newcomer, other.binding()))
                    .startsWith("HTTP/1.1 400")
                    .contains(protocol.equals("-tls1_3") ? "tls-exporter" : "tls-unique");
        }
    }

    @Test
    void asksForTheLinkInItsAttributesAndRefusesRequestsWithoutIt() throws IOException {
        assertThat(product.home().nameplate("est", "csrattrs").requireDone().out())
                .contains("attribute challengePassword", "attribute estIdentityLinking");
        Newcomer newcomer = product.newcomer("linked");

        Program.Ended ended = product.home()
                .nameplate(
                        "est",
                        "enroll",
                        "--user",
                        newcomer.device(),
                        "--code",
                        newcomer.code(),
                        "--key",
                        product.home().scratch().resolve("unlinked.key").toString(),
                        "--out",
                        product.home().scratch().resolve("unlinked.crt").toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err()).contains("linking identity and proof of possession");
    }

    /** {@code openssl s_client} with a session of its own. */
    private final class Session implements AutoCloseable {
        private final Process openssl;
        private final StringBuilder heard = new StringBuilder();
        private final boolean exports;

        Session(String protocol) throws IOException {
            exports = protocol.equals("-tls1_3");
            openssl = new ProcessBuilder(List.of(
                            "openssl",
                            "s_client",
                            "-connect",
                            "localhost:" + product.home().ports().device(),
                            "-CAfile",
                            product.trust().toString(),
                            protocol,
                            "-nocommands",
                            "-ign_eof",
                            "-msg",
                            "-keymatexport",
                            "EXPORTER-Channel-Binding",
                            "-keymatexportlen",
                            "32"))
                    .redirectErrorStream(true)
                    .start();
        }

        /** In base64. */
        String binding() throws IOException {
            return Base64.getEncoder()
                    .encodeToString(HexFormat.of()
                            .parseHex(find(exports ? EXPORTED : FINISHED).replaceAll("\\s", "")));
        }

        String enrol(Newcomer newcomer, String binding) throws IOException {
            byte[] csr = CsrBuilder.forKey(Keys.p256())
                    .subject(new X500Name("CN=" + newcomer.device()))
                    .challengePassword(binding)
                    .build()
                    .der();
            byte[] body = EstBase64.encode(csr, Wrapping.ONE_LINE);
            String basic = Base64.getEncoder()
                    .encodeToString(newcomer.userAndPassword().getBytes(ISO_8859_1));
            String head = "POST /.well-known/est/simpleenroll HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
                    + basic + "\r\nContent-Type: application/pkcs10\r\nContent-Length: " + body.length + "\r\n\r\n";
            heard.setLength(0);
            OutputStream out = openssl.getOutputStream();
            out.write((head + new String(body, ISO_8859_1)).getBytes(ISO_8859_1));
            out.flush();
            find(Pattern.compile("(\r\n\r\n)"));
            String all = heard.toString();
            read(all.length() + 40);
            return heard.substring(heard.indexOf("HTTP/1.1"));
        }

        private String find(Pattern pattern) throws IOException {
            Matcher found = pattern.matcher(heard);
            while (!found.find()) {
                if (!more()) {
                    throw new AssertionError("openssl did not say " + pattern + " but " + heard);
                }
                found = pattern.matcher(heard);
            }
            return found.group(1);
        }

        private void read(int length) throws IOException {
            while (heard.length() < length && more()) {
                assertThat(heard.length()).isLessThan(1_000_000);
            }
        }

        private boolean more() throws IOException {
            InputStream in = openssl.getInputStream();
            byte[] buffer = new byte[8192];
            int count = in.read(buffer);
            heard.append(new String(buffer, 0, Math.max(count, 0), ISO_8859_1));
            return count > 0;
        }

        @Override
        public void close() {
            openssl.destroy();
        }
    }
}
