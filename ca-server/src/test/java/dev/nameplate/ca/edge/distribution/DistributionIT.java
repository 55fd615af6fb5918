package dev.nameplate.ca.edge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.RawClient;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.edge.http.TestDoors;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.est.CertsOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public door on the wire. */
class DistributionIT {
    private static final Instant CREATED = Instant.parse("2026-11-21T08:00:00Z");
    private static final Path PUBLISHED = Path.of("no", "such", "directory");
    private final TestPki first = new TestPki("devices 1");
    private final TestPki second = new TestPki("devices 2");
    private final List<IssuerRecord> issuers = List.of(
            record(1, IssuerRecord.State.ACTIVE, List.of(first.root())),
            record(2, IssuerRecord.State.PUBLISHED, List.of(second.root())),
            record(3, IssuerRecord.State.PREPARED, List.of()));
    private final Door door = Door.http(
                    "public",
                    TestDoors.settings(Duration.ofSeconds(20)),
                    TestDoors.VOICE,
                    new Distribution(() -> issuers, PUBLISHED, InstantSource.fixed(CREATED), NoOcsp.door()))
            .open();

    @AfterEach
    void close() {
        door.close();
    }

    private static IssuerRecord record(int generation, IssuerRecord.State state, List<CertificateDer> chain) {
        return new IssuerRecord(
                new IssuerGeneration(new IssuerName("devices"), generation), state, "pkcs11:id=%01", chain, CREATED);
    }

    private Heard ask(String method, String path, String headers) throws IOException {
        try (RawClient client = RawClient.plain(door.port())) {
            client.say(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
            return method.equals("HEAD") ? client.hearHead() : client.hear();
        }
    }

    @Test
    void servesTheCertificateThatSigns() throws IOException {
        Heard heard = ask("GET", "/ca/devices.cer", "");

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.headers())
                .containsEntry("Content-Type", "application/pkix-cert")
                .containsEntry("Last-Modified", "Sat, 21 Nov 2026 08:00:00 GMT")
                .containsEntry("Cache-Control", "public, max-age=3600");
        assertThat(heard.body()).isEqualTo(first.root().octets());
    }

    @Test
    void servesAllGenerationsTogether() throws IOException {
        Heard heard = ask("GET", "/ca/devices.p7c", "");

        assertThat(heard.header("Content-Type", "")).isEqualTo("application/pkcs7-mime");
        assertThat(CertsOnly.parse(heard.body()))
                .map(CertificateDer::of)
                .containsExactlyInAnyOrder(first.root(), second.root());
    }

    @Test
    void answersConditionsAndHead() throws IOException {
        String tag = ask("HEAD", "/ca/devices.cer", "").header("ETag", "");

        assertThat(ask("GET", "/ca/devices.cer", "If-None-Match: " + tag + "\r\n")
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/est/cacerts",
                "/.well-known/est/simpleenroll",
                "/ca/other.cer",
                "/ca/devices.cer/",
                "/ca/../ca/devices.cer",
                "/ca/Devices.cer",
                "/api/v1/devices",
                "/"
            })
    void findsNothingElseAndNeverRedirects(String path) throws IOException {
        Heard heard = ask("GET", path, "");

        assertThat(heard.status()).isEqualTo(404);
        assertThat(heard.headers()).doesNotContainKey("Location");
    }

    @Test
    void changesNothing() throws IOException {
        Heard heard = ask("POST", "/ca/devices.cer", "Content-Length: 0\r\n");

        assertThat(heard.status()).isEqualTo(405);
        assertThat(heard.header("Allow", "")).isEqualTo("GET, HEAD");
    }
}
