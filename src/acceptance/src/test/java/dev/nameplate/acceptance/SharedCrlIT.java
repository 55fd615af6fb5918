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
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        URI uri = URI.create("http://localhost:" + home.ports().open() + "/crl/devices/g1.crl");
        try {
            HttpResponse<byte[]> answer =
                    web.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
