package dev.nameplate.ca.edge.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.RawClient;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.edge.http.TestDoors;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.ocsp.Asked;
import dev.nameplate.ca.ocsp.OcspRig;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.testkit.FlakyKey.Mood;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /ocsp} on the wire. */
class OcspDoorIT {
    private static final byte[] MALFORMED = {0x30, 3, 0x0a, 1, 1};
    private static final byte[] TRY_LATER = {0x30, 3, 0x0a, 1, 3};
    private static final byte[] UNAUTHORIZED = {0x30, 3, 0x0a, 1, 6};

    private final OcspRig rig = new OcspRig();
    private final CertificateDer issuer = rig.issuer(OcspRig.DEVICES);
    private final IssuedCertificate sensor = rig.enrolled("sensor-1");
    private final Asked asked = Asked.about(issuer, sensor.certificate());
    private final Door door = Door.http(
                    "public",
                    TestDoors.settings(Duration.ofSeconds(20)),
                    TestDoors.VOICE,
                    new Distribution(
                            List::of,
                            Path.of("public"),
                            rig.ca.clock,
                            new OcspDoor(
                                    rig.responder,
                                    Duration.ofMinutes(10),
                                    TestDoors.VOICE,
                                    rig.ca.clock,
                                    Executors.newVirtualThreadPerTaskExecutor())),
                    Distribution::isOpaque)
            .open();

    @AfterEach
    void close() {
        door.close();
    }

    private Heard get(String method, String path, String headers) throws IOException {
        try (RawClient client = RawClient.plain(door.port())) {
            client.say(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
            return method.equals("HEAD") ? client.hearHead() : client.hear();
        }
    }

    private Heard get(Asked question) throws IOException {
        return get("GET", "/ocsp/" + base64(question), "");
    }

    private Heard post(byte[] body) throws IOException {
        return post("/ocsp", body, "Content-Type: application/ocsp-request\r\n");
    }

    private Heard post(String path, byte[] body, String headers) throws IOException {
        try (RawClient client = RawClient.plain(door.port())) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length;
            client.say((head + "\r\n\r\n").getBytes(ISO_8859_1)).say(body);
            return client.hear();
        }
    }

    private static String base64(Asked question) {
        return Base64.getEncoder().encodeToString(question.octets());
    }

    @Test
    void answersPost() throws IOException {
        for (int i = 0; i < 2; i++) {
            Heard heard = post(asked.octets());

            assertThat(heard.status()).isEqualTo(200);
            assertThat(heard.header("Content-Type", "")).isEqualTo("application/ocsp-response");
            assertThat(asked.status(heard.body(), issuer)).isNull();
            assertThat(heard.headers()).doesNotContainKeys("Cache-Control", "ETag", "Expires");
        }
        assertThat(asked.status(post("/ocsp/", asked.octets(), "").body(), issuer))
                .isNull();
    }

    @Test
    void tellsCachesWhatTheProfileSays() throws IOException {
        for (int i = 0; i < 2; i++) {
            Heard heard = get(asked);

            assertThat(asked.status(heard.body(), issuer)).isNull();
            assertThat(heard.headers())
                    .containsEntry("Content-Type", "application/ocsp-response")
                    .containsEntry("Last-Modified", "Sat, 21 Nov 2026 08:00:00 GMT")
                    .containsEntry("Expires", "Sat, 21 Nov 2026 20:00:00 GMT")
                    .containsEntry("ETag", '"' + Sha256.of(heard.body()).toString() + '"')
                    .containsEntry("Cache-Control", "max-age=600, public, no-transform, must-revalidate")
                    .containsKey("Date");
        }
    }

    @Test
    void letsNobodyKeepAnAnswerBeyondItsEnd() throws IOException {
        get(asked);
        rig.ca.vault.be(Mood.AWAY);
        rig.ca.clock.advance(Duration.ofHours(12).minusSeconds(31));

        assertThat(get(asked).header("Cache-Control", ""))
                .isEqualTo("max-age=30, public, no-transform, must-revalidate");
    }

    @Test
    void letsNobodyElseHaveAnAnswerWithANonce() throws IOException {
        Heard heard = get(Asked.about(issuer, sensor.certificate()).nonce(16));

        assertThat(heard.header("Cache-Control", "")).isEqualTo("private, max-age=0");
        assertThat(heard.headers()).doesNotContainKeys("ETag", "Expires", "Last-Modified");
    }

    @Test
    void answersConditionsAndHead() throws IOException {
        String path = "/ocsp/" + base64(asked);
        Heard head = get("HEAD", path, "");
        String tag = head.header("ETag", "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length", "0")).isNotEqualTo("0");
        assertThat(get("GET", path, "If-None-Match: " + tag + "\r\n").status()).isEqualTo(304);
        assertThat(get("GET", path, "If-None-Match: \"x\", " + tag + "\r\n").status())
                .isEqualTo(304);
        assertThat(get("GET", path, "If-Modified-Since: Sat, 21 Nov 2026 08:00:00 GMT\r\n")
                        .status())
                .isEqualTo(304);
        assertThat(get("GET", path, "If-Modified-Since: Sat, 21 Nov 2026 07:59:59 GMT\r\n")
                        .status())
                .isEqualTo(200);
        rig.revoke(sensor);
        assertThat(get("GET", path, "If-None-Match: " + tag + "\r\n").status()).isEqualTo(200);
    }

    /** Serials until one request has slashes inside, even two in a row, and a plus. */
    @Test
    void readsBase64HoweverItIsEncoded() throws IOException {
        List<Asked> questions = IntStream.range(0, 3000)
                .mapToObj(i -> Asked.about(Asked.SHA1, issuer, BigInteger.valueOf(0x3fffff00L + i * 0x10101L)))
                .filter(question -> base64(question).contains("/"))
                .toList();
        Asked hard = questions.stream()
                .filter(question ->
                        base64(question).contains("//") || base64(question).contains("+"))
                .findFirst()
                .orElse(questions.getFirst());
        String plain = base64(hard);
        String encoded = URLEncoder.encode(plain, ISO_8859_1);

        for (String path : List.of(
                plain,
                encoded,
                encoded.replace("%2F", "%2f").replace("%3D", "%3d"),
                "/" + plain,
                plain.replace("=", ""),
                plain.replace('+', '-').replace('/', '_'))) {
            Heard heard = get("GET", "/ocsp/" + path, "");
            assertThat(heard.status()).as(path).isEqualTo(200);
            assertThat(hard.heard(heard.body(), issuer).getResponses()).hasSize(1);
        }
    }

    @Test
    void saysThatAPathIsEncodedTwice() throws IOException {
        for (String question : List.of("MEow/+==", base64(asked) + "=")) {
            String twice = URLEncoder.encode(URLEncoder.encode(question, ISO_8859_1), ISO_8859_1);

            Heard heard = get("GET", "/ocsp/" + twice, "");

            assertThat(heard.status()).isEqualTo(400);
            assertThat(heard.text()).contains("percent-encoded twice").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "MEow!", "MEo", "M", "====", "MEow%", "MEow%2", "MEow%zz", "MEow ?", "%4dEow%c3%a4"})
    void refusesPathsThatAreNotBase64(String path) throws IOException {
        Heard heard = get("GET", "/ocsp/" + path.replace(' ', '~'), "");

        assertThat(heard.status()).isEqualTo(path.equals("MEo") ? 200 : 400);
        assertThat(heard.headers()).doesNotContainKey("ETag");
    }

    @Test
    void neverTakesAPathForAnothers() throws IOException {
        assertThat(get("GET", "/ocsp/../ca/devices.cer", "").status()).isEqualTo(400);
        assertThat(get("GET", "/ca//devices.cer", "").status()).isEqualTo(404);
        assertThat(get("GET", "/ocspx", "").status()).isEqualTo(404);
    }

    @Test
    void saysMalformedToWhatIsNoRequest() throws IOException {
        for (byte[] body : List.of(
                new byte[0],
                new byte[] {1, 2, 3},
                new byte[60_000],
                "GET / HTTP/1.1".getBytes(ISO_8859_1),
                Asked.about(issuer, sensor.certificate()).nonce(0).octets(),
                Asked.about(issuer, sensor.certificate()).nonce(129).octets(),
                Asked.about(issuer, sensor.certificate()).nonce(4096).octets())) {
            Heard heard = post(body);

            assertThat(heard.status()).isEqualTo(200);
            assertThat(heard.body()).isEqualTo(MALFORMED);
            assertThat(heard.header("Cache-Control", "")).isEqualTo("no-store");
        }
    }

    @Test
    void refusesABodyOverTheLimitQuickly() throws IOException {
        assertThat(post(new byte[1024 * 1024]).status()).isEqualTo(413);
    }

    @Test
    void refusesTenThousandCertificatesAndAnswersTheNext() throws IOException {
        Asked many = Asked.about(issuer, sensor.certificate());
        for (int i = 1; i < 10_000; i++) {
            many.and(Asked.SHA1, issuer, BigInteger.valueOf(i));
        }

        assertThat(post(many.octets()).status()).isEqualTo(413);

        assertThat(post(asked.octets()).status()).isEqualTo(200);
    }

    @Test
    void doesNotSpeakForOthers() throws IOException {
        Heard heard = post(
                Asked.about(Asked.SHA1, sensor.certificate(), BigInteger.ONE).octets());

        assertThat(heard.body()).isEqualTo(UNAUTHORIZED);
    }

    @Test
    void saysTryLaterWhileTheTokenIsAwayAndNothingIsKept() throws IOException {
        rig.ca.vault.be(Mood.AWAY);

        Heard heard = post(asked.octets());

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.body()).isEqualTo(TRY_LATER);
        assertThat(heard.headers()).containsKey("Retry-After").containsEntry("Cache-Control", "no-store");
        rig.ca.vault.be(Mood.GOOD);
        assertThat(asked.status(post(asked.octets()).body(), issuer)).isNull();
    }

    @Test
    void saysRevokedOnTheNextRequestWhicheverWayItComes() throws IOException {
        get(asked);
        post(asked.octets());

        rig.revoke(sensor);

        assertThat(asked.status(get(asked).body(), issuer)).isInstanceOf(RevokedStatus.class);
        assertThat(asked.status(post(asked.octets()).body(), issuer)).isInstanceOf(RevokedStatus.class);
    }

    @Test
    void takesNoOtherMethodAndNoOtherKindOfBody() throws IOException {
        Heard heard = get("DELETE", "/ocsp", "");
        assertThat(heard.status()).isEqualTo(405);
        assertThat(heard.header("Allow", "")).isEqualTo("GET, HEAD, POST");
        assertThat(post("/ocsp", asked.octets(), "Content-Type: application/json\r\n")
                        .status())
                .isEqualTo(415);
    }

    /** A connection goes on, whether the body came with the header or after it, in one piece or in many. */
    @Test
    void readsBodiesInPieces() throws IOException {
        byte[] body = asked.octets();
        try (RawClient client = RawClient.plain(door.port())) {
            for (int split : new int[] {0, 1, body.length / 2, body.length}) {
                byte[] head = ("POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Type: application/ocsp-request\r\n"
                                + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(ISO_8859_1);
                byte[] first = Arrays.copyOf(head, head.length + split);
                System.arraycopy(body, 0, first, head.length, split);
                client.say(first);
                if (split < body.length) {
                    client.say(Arrays.copyOfRange(body, split, body.length));
                }
                assertThat(asked.status(client.hear().body(), issuer)).isNull();
            }
        }
    }
}
