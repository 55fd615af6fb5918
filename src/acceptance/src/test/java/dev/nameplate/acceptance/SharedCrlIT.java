package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.est.BasicCredentials;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes of one CA over one PostgreSQL: one publishes by lease, and both serve the same, whichever of them dies. */
final class SharedCrlIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PUBLISHED = "CRL devices/g1 number %d with";

    private final PostgreSql database = PostgreSql.start();
    private final ProductHome one = ProductHome.create(Optional.of(database));
    private final ProductHome two = ProductHome.beside(one);
    private final ServerProcess first = one.serve();
    private final ServerProcess second = two.serve();
    private final AtomicInteger newcomers = new AtomicInteger();
    private final HttpClient web = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        web.close();
        second.close();
        first.close();
        two.close();
        one.close();
        database.close();
    }

    @Test
    void oneFollowsWithoutARestartWhenAnIssuersGenerationIsChangedByTheOther() throws IOException {
        try (OperatorApi asked = one.operatorApi()) {
            step(asked, "", Map.of());
            step(asked, "/2/publication", Map.of());
            await().atMost(PATIENCE).until(() -> get(two, "ca/devices/g2.cer").statusCode() == 200);
            assertThat(issuerOfANewcomer(two)).contains("ca/devices/g1.cer");

            step(asked, "/2/activation", Map.of("force", true));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(issuerOfANewcomer(two)).contains("ca/devices/g2.cer"));
            step(asked, "/1/retirement", Map.of());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(second.log()).contains("devices/1 RETIRED"));
        }
    }

    private void step(OperatorApi asked, String step, Map<String, ?> body) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(asked.ask("/api/v1/issuers/devices/generations" + step, body)
                                .status())
                        .isEqualTo(200));
    }

    @Test
    void bothServeWhatOnePublishesAndTheOtherTakesOverWhenThatIsKilled() throws IOException {
        BigInteger listed = enrol(one, "sensor-1");
        revoke(one, listed);

        awaitSeen(one, listed);
        awaitSeen(two, listed);
        assertThat(served(one)).isEqualTo(served(two));
        long number = number(two);
        assertThat(Stream.of(first, second).filter(server -> server.log().contains(PUBLISHED.formatted(number))))
                .as("processes that published number " + number)
                .hasSize(1);

        ServerProcess publisher = first.log().contains(PUBLISHED.formatted(number)) ? first : second;
        ProductHome left = publisher == first ? two : one;
        publisher.kill();
        BigInteger later = enrol(left, "sensor-2");
        revoke(left, later);

        awaitSeen(left, later);
        assertThat(number(left)).isGreaterThan(number);
        assertThat(crl(left).getRevokedCertificate(listed)).isNotNull();
        assertThat(left.nameplate("audit", "verify").requireDone().out()).contains("intact");
    }

    private static BigInteger enrol(ProductHome home, String device) throws IOException {
        var openssl = new Program(home.scratch(), Map.of());
        openssl.run(Product.words("openssl ecparam -name prime256v1 -genkey -noout -out shared.key"))
                .requireDone();
        openssl.run(List.of(
                        "openssl", "req", "-new", "-key", "shared.key", "-subj", "/CN=" + device, "-out", "shared.csr"))
                .requireDone();
        try (OperatorApi api = home.operatorApi();
                EstDoor door = EstDoor.of(home)) {
            api.register(device);
            byte[] csr = Files.readAllBytes(home.scratch().resolve("shared.csr"));
            assertThat(door.enrol(new BasicCredentials(device, api.code(device)), csr)
                            .status())
                    .isEqualTo(200);
            return api.certificatesOf(device).getFirst().getSerialNumber();
        }
    }

    /** The octets of a certificate, which tell where its issuer's is. */
    private String issuerOfANewcomer(ProductHome home) throws IOException {
        String device = "newcomer-" + newcomers.incrementAndGet();
        enrol(home, device);
        try (OperatorApi api = home.operatorApi()) {
            return new String(api.certificatesOf(device).getFirst().getEncoded(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void revoke(ProductHome home, BigInteger serial) {
        home.nameplate("cert", "revoke", serial.toString(16), "--reason", "key-compromise")
                .requireDone();
    }

    private void awaitSeen(ProductHome home, BigInteger serial) {
        await().atMost(PATIENCE).until(() -> crl(home).getRevokedCertificate(serial) != null);
    }

    private long number(ProductHome home) throws IOException {
        return ASN1Integer.getInstance(
                        crl(home).getExtension(Extension.cRLNumber).getParsedValue())
                .longValueExact();
    }

    private X509CRLHolder crl(ProductHome home) throws IOException {
        return new X509CRLHolder(served(home));
    }

    private byte[] served(ProductHome home) throws IOException {
        HttpResponse<byte[]> answer = get(home, "crl/devices/g1.crl");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<byte[]> get(ProductHome home, String path) throws IOException {
        URI uri = URI.create("http://localhost:" + home.ports().open() + "/" + path);
        try {
            return web.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
