package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.est.BasicCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CRLs on a full disk, and of a process that is killed again and again; the records are in a PostgreSQL that goes on. */
final class CrlTroubleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = 5;

    private final PostgreSql database = PostgreSql.start();
    private final ProductHome home = ProductHome.create(Optional.of(database));
    private final OperatorApi api = home.operatorApi();
    private ServerProcess server = home.serve();

    @AfterEach
    void close() {
        api.close();
        server.close();
        home.close();
        database.close();
    }

    @Test
    void keepsTheOneBeforeWhileTheDiskIsFullAndPublishesWhenItIsNot() throws IOException {
        String serial = enrol("sensor");
        byte[] before = Files.readAllBytes(crl());
        limitFiles("0:");

        revoke(serial);

        await().atMost(PATIENCE).until(() -> trouble().contains("File too large"));
        assertThat(crl()).hasBinaryContent(before);
        limitFiles("unlimited:");
        await().atMost(PATIENCE).until(() -> shown().getRevokedCertificates().size() == 1);
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
        assertThat(drafts()).isEmpty();
        assertThat(server.log().lines().filter(line -> line.contains("CRLs are published again")))
                .hasSize(1);
    }

    @Test
    void neverShowsHalfACrlNorANumberTwiceWhenKilled() throws IOException {
        Random random = new Random(7);
        Path issuers = Files.writeString(
                home.scratch().resolve("issuers.pem"),
                home.nameplate("issuer", "show", "devices").requireDone().out());
        for (int round = 1; round <= KILLS; round++) {
            long before = number();
            revoke(enrol("sensor-" + round));
            await().pollDelay(Duration.ofMillis(1 + random.nextInt(40)))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> true);
            server.kill();

            assertThat(number()).isGreaterThanOrEqualTo(before);
            requireSigned(issuers);
            server = home.serve();
            int listed = round;
            await().atMost(PATIENCE)
                    .until(() -> shown().getRevokedCertificates().size() == listed);
            assertThat(number()).isGreaterThan(before);
            requireSigned(issuers);
        }
        await().atMost(PATIENCE).until(() -> drafts().isEmpty());
    }

    private void requireSigned(Path issuers) {
        assertThat(shell().run(
                                "openssl",
                                "crl",
                                "-inform",
                                "DER",
                                "-in",
                                crl().toString(),
                                "-noout",
                                "-verify",
                                "-CAfile",
                                issuers.toString())
                        .err())
                .contains("verify OK");
    }

    private String enrol(String device) throws IOException {
        api.register(device);
        Program openssl = shell();
        openssl.run(Product.words("openssl ecparam -name prime256v1 -genkey -noout -out crl.key"))
                .requireDone();
        openssl.run(List.of("openssl", "req", "-new", "-key", "crl.key", "-subj", "/CN=" + device, "-out", "crl.csr"))
                .requireDone();
        try (EstDoor door = EstDoor.of(home)) {
            byte[] csr = Files.readAllBytes(home.scratch().resolve("crl.csr"));
            assertThat(door.enrol(new BasicCredentials(device, api.code(device)), csr)
                            .status())
                    .isEqualTo(200);
        }
        return api.certificatesOf(device).getFirst().getSerialNumber().toString(16);
    }

    private void revoke(String serial) {
        home.nameplate("cert", "revoke", serial, "--reason", "key-compromise").requireDone();
    }

    private Path crl() {
        return home.path().resolve("public/crl/devices/g1.crl");
    }

    private X509CRLHolder shown() throws IOException {
        return new X509CRLHolder(Files.readAllBytes(crl()));
    }

    private long number() throws IOException {
        return ASN1Integer.getInstance(shown().getExtension(Extension.cRLNumber).getParsedValue())
                .longValueExact();
    }

    private String trouble() {
        String shown = home.nameplate("crl", "show", "devices/g1").requireDone().out();
        return shown.lines()
                .filter(line -> line.startsWith("trouble:") && !line.strip().endsWith("-"))
                .findFirst()
                .orElse("");
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> all = Files.list(crl().getParent())) {
            return all.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private Program shell() {
        return new Program(home.scratch(), Map.of());
    }

    private void limitFiles(String soft) {
        shell().run("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + soft)
                .requireDone();
    }
}
