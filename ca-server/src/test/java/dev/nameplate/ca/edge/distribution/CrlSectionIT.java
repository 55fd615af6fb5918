package dev.nameplate.ca.edge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.TestDoors;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CRLs on the wire of the public door. */
@SuppressWarnings("JavaUtilDate") // Bouncy Castle takes nothing else
class CrlSectionIT {
    private static final Instant FROM = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant NOW = FROM.plusSeconds(60);
    private static final Instant TO = FROM.plusSeconds(3660);

    private final HttpClient client = HttpClient.newHttpClient();
    private final byte[] crl = crl(500, TO);

    @TempDir
    private Path published;

    private Door door = unopened();

    private Door unopened() {
        return Door.http(
                "public",
                TestDoors.settings(Duration.ofSeconds(20)),
                TestDoors.VOICE,
                new Distribution(
                        () -> List.of(record(1, IssuerRecord.State.RETIRED), record(2, IssuerRecord.State.ACTIVE)),
                        published,
                        () -> NOW,
                        NoOcsp.door()));
    }

    @BeforeEach
    void open() throws IOException {
        publish("g2.crl", crl);
        door = unopened().open();
    }

    @AfterEach
    void close() {
        client.close();
        door.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices.crl", "devices/g2.crl"})
    void servesTheCrlOfTheGenerationThatSigns(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(crl);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/pkix-crl");
        assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(crl.length));
        assertThat(header(answer, "Last-Modified")).isEqualTo("Sat, 21 Nov 2026 08:00:00 GMT");
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=300, stale-if-error=3600");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{32}\"");
    }

    @Test
    void servesShardsAndOtherGenerations() throws Exception {
        publish("g2-7.crl", crl(1, TO));
        publish("g1.crl", crl(2, TO));

        assertThat(get("devices/7.crl").body()).isEqualTo(crl(1, TO));
        assertThat(get("devices/g2-7.crl").body()).isEqualTo(crl(1, TO));
        assertThat(get("devices/g1.crl").body()).isEqualTo(crl(2, TO));
        assertThat(get("devices/8.crl").statusCode()).isEqualTo(404);
    }

    @Test
    void isNeverFreshBeyondItsNextUpdate() throws Exception {
        publish("g2.crl", crl(3, NOW.plusSeconds(10)));
        assertThat(header(get("devices.crl"), "Cache-Control")).isEqualTo("public, max-age=10, stale-if-error=10");

        publish("g2.crl", crl(3, NOW.minusSeconds(10)));
        assertThat(header(get("devices.crl"), "Cache-Control")).isEqualTo("public, max-age=0, stale-if-error=0");
    }

    @Test
    void tellsWhatIsNewFromWhatIsNot() throws Exception {
        String tag = header(get("devices.crl"), "ETag");

        assertThat(get("devices.crl", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(get("devices.crl", "If-None-Match", "\"other\", " + tag).statusCode())
                .isEqualTo(304);
        assertThat(get("devices.crl", "If-Modified-Since", "Sat, 21 Nov 2026 08:00:00 GMT")
                        .statusCode())
                .isEqualTo(304);

        publish("g2.crl", crl(501, TO));
        HttpResponse<byte[]> changed = get("devices.crl", "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(crl(501, TO));
    }

    @Test
    void saysWhatIsWrongWithACodingWhoseQualityIsNone() throws Exception {
        HttpResponse<byte[]> refused = get("devices.crl", "Accept-Encoding", "gzip;q= .4, *;q=0");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("Accept-Encoding is a list of codings");
    }

    @Test
    void compressesForWhoeverAcceptsIt() throws Exception {
        publish("g2.crl.gz", gzip(crl));

        HttpResponse<byte[]> answer = get("devices.crl", "Accept-Encoding", "br;q=1, gzip;q=0.5");

        assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/pkix-crl");
        assertThat(header(answer, "Last-Modified")).isEqualTo("Sat, 21 Nov 2026 08:00:00 GMT");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(crl);
        }
        assertThat(header(answer, "ETag")).isNotEqualTo(header(get("devices.crl"), "ETag"));
        assertThat(get("devices.crl", "Accept-Encoding", "gzip;q=0").body()).isEqualTo(crl);
    }

    @Test
    void givesParts() throws Exception {
        HttpResponse<byte[]> part = get("devices.crl", "Range", "bytes=100-199");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 100-199/" + crl.length);
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(crl, 100, 200));

        assertThat(get("devices.crl", "Range", "bytes=-5").body())
                .isEqualTo(java.util.Arrays.copyOfRange(crl, crl.length - 5, crl.length));
        assertThat(get("devices.crl", "Range", "bytes=99999999-").statusCode()).isEqualTo(416);
        assertThat(get("devices.crl", "Range", "bytes=0-1,5-6").body()).isEqualTo(crl);
    }

    @Test
    void doesNotMixTwoCrlsWhenAPartIsAskedOfTheOneBefore() throws Exception {
        String tag = header(get("devices.crl"), "ETag");
        publish("g2.crl", crl(501, TO));

        HttpRequest rest = request("devices.crl")
                .header("Range", "bytes=100-")
                .header("If-Range", tag)
                .build();

        HttpResponse<byte[]> answer = client.send(rest, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(crl(501, TO));
    }

    @Test
    void answersHead() throws Exception {
        HttpResponse<byte[]> answer = client.send(
                request("devices.crl")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(crl.length));
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.crl",
                "devices/g3.crl",
                "devices/g02.crl",
                "devices/g2-0.crl",
                "devices/99999.crl",
                "devices/g2.crl.gz",
                "devices/.g2.crl.7",
                "devices/",
                "devices/%2e%2e/devices/g2.crl",
                "..%2f..%2fnameplate.yaml",
                "devices%2fg2.crl",
                "Devices.crl"
            })
    void findsNothingElse(String path) throws Exception {
        Files.writeString(published.resolve("crl/devices/.g2.crl.7"), "half written");

        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void followsNoLinkOutOfTheDirectory() throws Exception {
        Path outside = Files.writeString(published.resolve("secret"), "secret");
        Files.createSymbolicLink(published.resolve("crl/devices/g2-9.crl"), outside);

        HttpResponse<byte[]> answer = get("devices/9.crl");

        assertThat(answer.statusCode()).isNotEqualTo(200);
        assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("secret");
    }

    @Test
    void takesNothing() throws Exception {
        HttpResponse<byte[]> answer = client.send(
                request("devices.crl")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/crl/" + path));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private void publish(String name, byte[] content) throws IOException {
        Path directory = Files.createDirectories(published.resolve("crl/devices"));
        Path draft = Files.write(directory.resolve("draft"), content);
        Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static IssuerRecord record(int generation, IssuerRecord.State state) {
        return new IssuerRecord(
                new IssuerGeneration(new IssuerName("devices"), generation),
                state,
                "pkcs11:id=%01",
                List.of(new TestPki("devices " + generation).root()),
                FROM);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** Its signature says how many entries it has, which will do here. */
    private static byte[] crl(int entries, Instant nextUpdate) {
        var builder = new X509v2CRLBuilder(new X500Name("CN=Devices"), Date.from(FROM));
        builder.setNextUpdate(Date.from(nextUpdate));
        for (int i = 1; i <= entries; i++) {
            builder.addCRLEntry(BigInteger.valueOf(i), Date.from(FROM), 1);
        }
        try {
            return builder.build(new Signed(entries)).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Signed(int entries) implements ContentSigner {
        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public ByteArrayOutputStream getOutputStream() {
            return new ByteArrayOutputStream();
        }

        @Override
        public byte[] getSignature() {
            return BigInteger.valueOf(entries).shiftLeft(400).toByteArray();
        }
    }
}
