package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.edge.http.RawClient;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.est.EstAnswers;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET cacerts on the wire. */
class CaCertsIT {
    private static final String PATH = "/.well-known/est/cacerts";
    private final EstDoor est = new EstDoor();

    @AfterEach
    void close() {
        est.close();
    }

    private static List<CertificateDer> certificates(Heard heard) {
        return EstAnswers.certificates(heard.header("Content-Type", ""), heard.body()).stream()
                .map(CertificateDer::of)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, "/.well-known/est/lines/cacerts", "/.well-known/est/%6Cines/cacerts"})
    void handsTheChainToAnyoneWithAndWithoutLabel(String path) throws IOException {
        Heard heard = est.get(path);

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.headers())
                .containsEntry("Content-Type", "application/pkcs7-mime; smime-type=certs-only")
                .containsEntry("Content-Transfer-Encoding", "base64")
                .containsEntry("Content-Length", String.valueOf(heard.body().length))
                .doesNotContainKey("Transfer-Encoding");
        assertThat(certificates(heard)).containsExactlyInAnyOrderElementsOf(est.ca.chain);
        assertThat(heard.text().lines()).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 64);
        assertThat(heard.text()).endsWith("\n");
    }

    @Test
    void writesOneLineWhereTheLabelSaysSo() throws IOException {
        Heard heard = est.get("/.well-known/est/flat/cacerts");

        assertThat(heard.text()).doesNotContain("\n", "\r");
        assertThat(certificates(heard)).hasSize(3);
    }

    @Test
    void keepsHeaderAndBodyInOneRecord() throws IOException {
        try (RawClient client = est.connect()) {
            String record = client.say(EstDoor.request("GET", PATH, "", "")).hearOneRecord();

            assertThat(record.indexOf("\r\n\r\n")).isBetween(1, 1000);
            assertThat(record).endsWith("\n").hasSizeGreaterThan(1500);
        }
    }

    @Test
    void keepsHeadersFewAndInTheUsualCase() throws IOException {
        assertThat(est.get(PATH).headers())
                .containsOnlyKeys(
                        "Date",
                        "X-Request-Id",
                        "ETag",
                        "Cache-Control",
                        "Content-Transfer-Encoding",
                        "Content-Type",
                        "Content-Length");
    }

    @Test
    void answersHeadLikeGetWithoutTheBody() throws IOException {
        try (RawClient client = est.connect()) {
            Heard head = client.say(EstDoor.request("HEAD", PATH, "", "")).hearHead();
            Heard get = client.say(EstDoor.request("GET", PATH, "", "")).hear();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers().keySet()).isEqualTo(get.headers().keySet());
            assertThat(head.header("Content-Length", "")).isEqualTo(get.header("Content-Length", ""));
        }
    }

    @Test
    void saysThatNothingChangedUntilItDid() throws IOException {
        String tag = est.get(PATH).header("ETag", "");
        String condition = "If-None-Match: " + tag + "\r\n";

        assertThat(est.ask("GET", PATH, condition, "").status()).isEqualTo(304);
        est.ca.chain = List.of(est.ca.pki.root());
        Heard changed = est.ask("GET", PATH, condition, "");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(certificates(changed)).containsExactly(est.ca.pki.root());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Accept: text/html\r\n", "Accept: application/pkcs7-mime\r\n", "Accept: */*\r\n"})
    void doesNotNegotiate(String accept) throws IOException {
        assertThat(est.ask("GET", PATH, accept, "").header("Content-Type", ""))
                .isEqualTo("application/pkcs7-mime; smime-type=certs-only");
    }
}
