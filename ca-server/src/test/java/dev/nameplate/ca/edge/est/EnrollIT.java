package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.device.DigestAnswer;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.edge.http.RawClient;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.hsm.VaultUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POST simpleenroll and simplereenroll on the wire. */
class EnrollIT {
    private static final String ENROLL = "/.well-known/est/simpleenroll";
    private final EstDoor est = new EstDoor();

    @AfterEach
    void close() {
        est.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENROLL,
                "/.well-known/est/simplereenroll",
                "/.well-known/est/lines/simpleenroll",
                "/.well-known/est/lines/simplereenroll"
            })
    void answersWithTheCertificateAloneByteForByteAsClientsCompareIt(String path) throws IOException {
        Heard heard = est.post(path, EstDoor.WRAPPED);

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.head()).contains("\r\nContent-Type: application/pkcs7-mime; smime-type=certs-only\r\n");
        assertThat(heard.headers())
                .containsEntry("Content-Transfer-Encoding", "base64")
                .containsEntry("Cache-Control", "no-store")
                .hasSizeLessThanOrEqualTo(16);
        assertThat(heard.head()).hasSizeLessThan(1024);
        assertThat(EstAnswers.certificates(heard.header("Content-Type", ""), heard.body()))
                .map(CertificateDer::of)
                .containsExactly(est.ca.issued);
    }

    @Test
    void keepsHeaderAndBodyInOneRecord() throws IOException {
        try (RawClient client = est.connect()) {
            String record = client.say(EstDoor.request("POST", ENROLL, EstDoor.BASIC + EstDoor.PKCS10, EstDoor.FLAT))
                    .hearOneRecord();
            String body = record.substring(record.indexOf("\r\n\r\n") + 4);

            assertThat(Base64.getDecoder().decode(body)).isNotEmpty();
        }
    }

    @Test
    void answersInTheFormItWasAsked() throws IOException {
        assertThat(est.post(ENROLL, EstDoor.FLAT).text()).doesNotContain("\n");
        assertThat(est.post(ENROLL, EstDoor.WRAPPED).text()).contains("\n");
        assertThat(est.post("/.well-known/est/flat/simpleenroll", EstDoor.WRAPPED)
                        .text())
                .doesNotContain("\n");
        assertThat(est.post("/.well-known/est/lines/simpleenroll", EstDoor.FLAT).text())
                .contains("\n");
    }

    static Stream<String> formsClientsSend() {
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n" + EstDoor.WRAPPED + "-----END CERTIFICATE REQUEST-----\n";
        return Stream.of(
                EstDoor.WRAPPED,
                EstDoor.FLAT,
                EstDoor.WRAPPED.replace("\n", "\r\n"),
                EstDoor.WRAPPED.replace("\n", " \t\n"),
                pem,
                pem.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"),
                new String(EstDoor.CSR, StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("formsClientsSend")
    void readsEveryFormThatClientsSend(String body) throws IOException {
        assertThat(est.post(ENROLL, body).status()).isEqualTo(200);
        assertThat(est.ca.asked)
                .hasValueSatisfying(csr -> assertThat(csr.subject()).hasToString("CN=sensor-17"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "binary", "8bit", "quoted-printable"})
    void doesNotLookAtTheTransferEncoding(String encoding) throws IOException {
        String headers = EstDoor.BASIC + EstDoor.PKCS10 + "Content-Transfer-Encoding: " + encoding + "\r\n";

        assertThat(est.ask("POST", ENROLL, headers, EstDoor.WRAPPED).status()).isEqualTo(200);
    }

    @Test
    void readsChunkedRequests() throws IOException {
        try (RawClient client = est.connect()) {
            client.say("POST " + ENROLL + " HTTP/1.1\r\nHost: x\r\n" + EstDoor.BASIC + EstDoor.PKCS10
                    + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(EstDoor.FLAT.length()) + "\r\n"
                    + EstDoor.FLAT + "\r\n0\r\n\r\n");

            assertThat(client.hear().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: Application/PKCS10; name=\"r.p10\"; charset=us-ascii\r\n",
                "content-type: application/pkcs10;smime-type=x\r\n"
            })
    void comparesMediaTypesWithoutCaseAndParameters(String header) throws IOException {
        assertThat(est.ask("POST", ENROLL, EstDoor.BASIC + header, EstDoor.FLAT).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: text/plain\r\n", "Content-Type: ;;\r\n"})
    void namesTheRightMediaTypeToWhoSendsAnother(String header) throws IOException {
        Heard heard = est.ask("POST", ENROLL, EstDoor.BASIC + header, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(415);
        assertThat(heard.text()).contains("application/pkcs10");
    }

    static Stream<String> garbage() {
        byte[] der = EstDoor.CSR;
        byte[] longer = java.util.Arrays.copyOf(der, der.length + 1);
        byte[] shorter = java.util.Arrays.copyOf(der, der.length - 1);
        return Stream.of(
                "",
                "x",
                "AAAA!",
                EstDoor.FLAT + "=",
                EstDoor.FLAT.substring(0, EstDoor.FLAT.length() - 3),
                EstDoor.FLAT.replace('A', '*'),
                "\u00ff\u0000\u0001",
                Base64.getEncoder().encodeToString(longer),
                Base64.getEncoder().encodeToString(shorter));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void refusesGarbageInOneLineOfText(String body) throws IOException {
        Heard heard = est.post(ENROLL, body);

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.header("Content-Type", "")).startsWith("text/plain");
        assertThat(heard.text().lines()).hasSize(1);
        assertThat(heard.text()).endsWith("\n");
        assertThat(est.ca.asked).isEmpty();
    }

    @Test
    void asksForAPasswordBeforeItLooksAtTheBody() throws IOException {
        Heard heard = est.ask("POST", ENROLL, EstDoor.PKCS10, "garbage!");

        assertThat(heard.status()).isEqualTo(401);
        assertThat(heard.header("WWW-Authenticate", ""))
                .isEqualTo("Basic realm=\"Nameplate: device id and one-time code\"");
    }

    @Test
    void challengesByDigestFirstEachOnALineOfItsOwn() throws IOException {
        Heard heard = est.ask("POST", "/.well-known/est/digest/simpleenroll", EstDoor.PKCS10, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(401);
        assertThat(heard.head().lines().filter(line -> line.startsWith("WWW-Authenticate: ")))
                .containsExactly(
                        "WWW-Authenticate: Digest realm=\"Nameplate: device id and one-time code\", qop=\"auth\","
                                + " algorithm=SHA-256, nonce=\"nonce-of-digest\"",
                        "WWW-Authenticate: Basic realm=\"Nameplate: device id and one-time code\"");
    }

    @Test
    void asksForTheAnswerToANewChallengeWhereTheOldOneIsOver() throws IOException {
        est.ca.refusal = Optional.of(new Refusal.NonceStale());

        Heard heard = est.post("/.well-known/est/digest/simpleenroll", EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(401);
        assertThat(heard.head()).contains("nonce=\"nonce-of-digest\", stale=true\r\n");
    }

    @Test
    void passesOnWhatADigestAnswersToAndWhatWasAsked() throws IOException {
        String answer = "Authorization: Digest username=\"sensor-17\", realm=\"r\", nonce=\"n\", uri=\"/other\","
                + " algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"c\", response=\"" + "0a".repeat(32) + "\"\r\n";

        est.ask("POST", "/.well-known/est/digest/simpleenroll", answer + EstDoor.PKCS10, EstDoor.FLAT);

        var digest = est.ca.presented.orElseThrow().digest().orElseThrow();
        assertThat(digest.user()).isEqualTo("sensor-17");
        assertThat(digest.request())
                .isEqualTo(new DigestAnswer.Target("POST", "/other", "/.well-known/est/digest/simpleenroll"));
    }

    @Test
    void refusesADigestThatIsNone() throws IOException {
        Heard heard = est.ask(
                "POST", "/.well-known/est/digest/simpleenroll", "Authorization: Digest x\r\n" + EstDoor.PKCS10, "");

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.text()).contains("Digest credentials");
    }

    @Test
    void leavesTheBareChallengeWithoutABodyAsBouncyCastleNeedsIt() throws IOException {
        assertThat(est.ask("POST", ENROLL, EstDoor.PKCS10, EstDoor.FLAT).text()).isEmpty();
    }

    @Test
    void saysWhatWasWrongWithACredentialThatWasShown() throws IOException {
        est.ca.refusal = Optional.of(new Refusal.NotAuthenticated());
        Heard heard = est.post(ENROLL, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(401);
        assertThat(heard.text().lines()).hasSize(1);
    }

    @Test
    void forbidsWhereNoPasswordWouldDo() throws IOException {
        Heard heard = est.ask("POST", "/.well-known/est/no-codes/simpleenroll", EstDoor.PKCS10, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(403);
        assertThat(heard.headers()).doesNotContainKey("WWW-Authenticate");
    }

    @Test
    void handsOnTheCertificateOfTheTlsSessionAndWhatForItCame() throws IOException {
        TestPki.Identity device = est.ca.pki.issue("sensor-17");
        try (RawClient client = est.connect(device)) {
            client.say(EstDoor.request("POST", "/.well-known/est/simplereenroll", EstDoor.PKCS10, EstDoor.FLAT));

            assertThat(client.hear().status()).isEqualTo(200);
        }
        assertThat(est.ca.purpose).contains(Purpose.REENROL);
        assertThat(est.ca.presented.orElseThrow().clientChain()).containsExactly(device.certificate());
        assertThat(est.ca.presented.orElseThrow().source()).isEqualTo("127.0.0.1");
    }

    @Test
    void readsPasswordsWithColonsAndWithoutUserWhateverTheCaseOfTheScheme() throws IOException {
        String headers = EstDoor.BASIC.replace("Authorization: Basic", "authorization: bAsIc") + EstDoor.PKCS10;

        assertThat(est.ask("POST", ENROLL, headers, EstDoor.FLAT).status()).isEqualTo(200);
        assertThat(est.ca.presented.orElseThrow().password().orElseThrow().user())
                .isEmpty();
    }

    @Test
    void believesNoForwardedCertificate() throws IOException {
        String der = Base64.getEncoder().encodeToString(est.ca.issued.octets());
        String forged = "Client-Cert: :" + der + ":\r\nX-SSL-Client-Cert: " + der + "\r\n";

        assertThat(est.ask("POST", ENROLL, forged + EstDoor.PKCS10, EstDoor.FLAT)
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simpleenroll", "simplereenroll"})
    void saysThatARequestWaitsInARetryAfterOfSecondsAndALineOfText(String operation) throws IOException {
        est.ca.wait = Optional.of(Duration.ofSeconds(73));

        Heard heard = est.post("/.well-known/est/" + operation, EstDoor.WRAPPED);

        assertThat(heard.status()).isEqualTo(202);
        assertThat(heard.header("Retry-After", "")).isEqualTo("73");
        assertThat(heard.header("Content-Type", "")).startsWith("text/plain");
        assertThat(heard.header("Content-Length", "")).isEqualTo(String.valueOf(heard.body().length));
        assertThat(heard.text().lines()).singleElement().asString().contains("waits", "same key");
        assertThat(heard.header("Cache-Control", "")).isEqualTo("no-store");
    }

    @Test
    void saysWhyItRefuses() throws IOException {
        est.ca.refusal = Optional.of(new Refusal.CsrSignatureWrong());
        Heard heard = est.post(ENROLL, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.text()).contains("signature").endsWith("\n");
    }

    static Stream<RuntimeException> brokenWorlds() {
        return Stream.of(
                new VaultUnavailableException("gone", Duration.ofSeconds(3)),
                new LedgerUnavailableException("gone", new IOException("disk")));
    }

    @ParameterizedTest
    @MethodSource("brokenWorlds")
    void asksToComeBackWhenTheWorldIsBroken(RuntimeException broken) throws IOException {
        est.ca.failure = Optional.of(broken);
        Heard heard = est.post(ENROLL, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(503);
        assertThat(heard.header("Retry-After", "")).matches("[0-9]{1,10}");
        assertThat(heard.text()).doesNotContain("gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/est/nosuch/simpleenroll",
                "/.well-known/est/default/simpleenroll",
                "/.well-known/est/nosuchoperation",
                "/.well-known/est/cacerts/simpleenroll",
                "/.well-known/est/simpleenroll/",
                "/.well-known/est/a/b/simpleenroll",
                "/.well-known/est/%2e%2e/simpleenroll",
                "/.well-known/est//simpleenroll",
                "/.well-known/est/x%2fy/simpleenroll",
                "/.well-known/est/../est/simpleenroll",
                "/.well-known/est/pal",
                "/.well-known/est/crls",
                "/.well-known/est/serverkeygen/return",
                "/"
            })
    void findsNothingElsewhereAndNeverRedirects(String path) throws IOException {
        Heard heard = est.post(path, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(404);
        assertThat(heard.header("Content-Type", "")).startsWith("text/plain");
        assertThat(est.ca.asked).isEmpty();
    }

    @Test
    void refusesPathsWithANul() throws IOException {
        assertThat(est.post("/.well-known/est/lines%00/simpleenroll", EstDoor.FLAT)
                        .status())
                .isIn(400, 404);
        assertThat(est.ca.asked).isEmpty();
    }

    @Test
    void namesTheUnknownLabel() throws IOException {
        assertThat(est.get("/.well-known/est/nosuch/cacerts").text()).contains("nosuch");
    }

    @Test
    void namesTheMethodsThatWouldDo() throws IOException {
        Heard get = est.get(ENROLL);
        Heard post = est.post("/.well-known/est/cacerts", "");

        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow", "")).isEqualTo("POST");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("Allow", "")).isEqualTo("GET, HEAD");
        assertThat(est.ask("PURGE", "/.well-known/est/cacerts", "", "").status())
                .isIn(405, 501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serverkeygen", "fullcmc"})
    void saysWhatIsNotOffered(String operation) throws IOException {
        Heard heard = est.post("/.well-known/est/" + operation, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(501);
        assertThat(heard.text()).contains(operation);
    }
}
