package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nameplate.ca.cli.est.RenewalOverEst;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes wrong on a line, and what it leaves behind. */
final class FactoryFaultsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ProductHome home = ProductHome.create();
    private ServerProcess server = home.serve();

    @BeforeEach
    void bringStations() {
        station("line-1");
        station("line-2");
    }

    @AfterEach
    void close() {
        server.close();
        home.close();
    }

    @Test
    void oneUnitOnTwoStationsAtOnceIsMadeOnOne() throws Exception {
        create("WO-1", "device");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Program.Ended> first = threads.submit(() -> issue("line-1", "WO-1", "unit-1", csr("unit-1", "a")));
            Future<Program.Ended> second = threads.submit(() -> issue("line-2", "WO-1", "unit-1", csr("unit-1", "b")));
            List<Program.Ended> ended = List.of(first.get(), second.get());

            assertThat(ended).extracting(Program.Ended::exit).containsExactlyInAnyOrder(0, 1);
            assertThat(
                            ended.get(0).exit() == 1
                                    ? ended.get(0).err()
                                    : ended.get(1).err())
                    .contains("unit unit-1 is at station");
        }
        try (OperatorApi api = home.operatorApi()) {
            assertThat(api.certificatesOf("unit-1")).hasSize(1);
        }
    }

    @Test
    void twoUnitsWithOneKeyAreRefusedAndToldToTheTrail() throws Exception {
        create("WO-1", "device");
        issue("line-1", "WO-1", "unit-1", csr("unit-1", "same")).requireDone();

        Program.Ended twin = issue("line-1", "WO-1", "unit-2", csr("unit-2", "same"));

        assertThat(twin.exit()).isEqualTo(1);
        assertThat(twin.err()).contains("belongs to somebody else");
        assertThat(office("audit", "list", "--json")).contains("unit.key-taken");
    }

    @Test
    void aTokenLostInMidBatchStopsTheLineUntilItIsBack() throws Exception {
        create("WO-1", "device");
        issue("line-1", "WO-1", "unit-1", csr("unit-1", "a")).requireDone();
        Path csr = csr("unit-2", "b");

        home.token().takeAway();
        await().atMost(PATIENCE).untilAsserted(() -> {
            Program.Ended away = issue("line-1", "WO-1", "unit-2", csr);
            assertThat(away.exit()).as(away.err()).isEqualTo(3);
        });
        home.token().giveBack();

        await().atMost(PATIENCE)
                .until(() -> issue("line-1", "WO-1", "unit-2", csr).exit() == 0);
        try (OperatorApi api = home.operatorApi()) {
            assertThat(api.certificatesOf("unit-2")).hasSize(1);
        }
    }

    @Test
    void aStationWhoseCertificateIsRevokedInMidBatchIsOutUntilItEnrolsAgain() throws Exception {
        create("WO-1", "device");
        Path csr = csr("unit-1", "a");
        issue("line-1", "WO-1", "unit-1", csr).requireDone();
        String serial = certificate(home.path().resolve("operators/line-1.pem"))
                .getSerialNumber()
                .toString(16);

        office("cert", "revoke", serial, "--reason", "key-compromise");
        Program.Ended shut = issue("line-1", "WO-1", "unit-1", csr);
        String code = json("station", "code", "line-1", "--json").path("code").asString();
        office("station", "enrol", "line-1", "--code", code);

        assertThat(shut.exit()).isEqualTo(1);
        issue("line-1", "WO-1", "unit-1", csr).requireDone();
        assertThat(json("batch", "show", "WO-1", "--json").at("/total/issued").asInt())
                .isEqualTo(1);
    }

    @Test
    void aStationRenewsItselfWhenItsTimeHasComeAndWarnsWhenItCannot() throws Exception {
        Path identity = home.path().resolve("operators/line-1.pem");
        Instant end = certificate(identity).getNotAfter().toInstant();
        byte[] before = Files.readAllBytes(identity);

        assertThat(at(end.minus(Duration.ofDays(9))).renewIfDue(home.path(), "line-1"))
                .isEmpty();
        assertThat(Files.readAllBytes(identity)).as("too early").isEqualTo(before);

        server.close();
        assertThat(at(end.minus(Duration.ofDays(3))).renewIfDue(home.path(), "line-1"))
                .hasValueSatisfying(
                        told -> assertThat(told).contains("could not be renewed", "it is valid until " + end));
        assertThatThrownBy(() -> at(end.plusSeconds(1)).renewIfDue(home.path(), "line-1"))
                .hasMessageContaining("nameplate station code line-1");

        server = home.serve();
        assertThat(at(end.minus(Duration.ofDays(3))).renewIfDue(home.path(), "line-1"))
                .isEmpty();
        assertThat(Files.readAllBytes(identity)).isNotEqualTo(before);
        assertThat(home.nameplate("--operator", "line-1", "station", "status", "line-1")
                        .exit())
                .isZero();
    }

    @Test
    void whatAClosedBatchLeftInAnOldDatabaseIsOpenedByNothingThatTheCaHas() throws Exception {
        create("WO-1", "injected");
        Path key = home.scratch().resolve("unit-1.der");
        inject("line-1", "unit-1", key).requireDone();
        byte[] wrapped = Files.readAllBytes(home.scratch().resolve("unit-1.pem.p8e"));
        X509Certificate certificate = certificate(home.scratch().resolve("unit-1.pem"));
        requireNowhere((ECPublicKey) certificate.getPublicKey(), Files.readAllBytes(key));
        assertThat(secretKeys()).as("while the batch is open").contains("Secret Key Object");
        server.close();
        Path copy = home.scratch().resolve("copy");
        copy(home.path().resolve("data"), copy);
        server = home.serve();

        office(
                "batch",
                "close",
                "WO-1",
                "--scrap-unfinished",
                "--out",
                home.scratch().resolve("closing.pem").toString());

        assertThat(secretKeys()).as("when it is closed").doesNotContain("Secret Key Object");
        JsonNode kek = json(
                        "audit",
                        "verify",
                        "--file",
                        home.scratch().resolve("closing.pem").toString(),
                        "--json")
                .at("/record/keys/keyEncryptionKeys/0");
        assertThat(kek.at("/destruction/destroyed").asInt()).isEqualTo(1);
        assertThat(kek.at("/destruction/foundAfterwards").asInt(-1)).isZero();
        assertThat(kek.at("/keys/count").asInt()).isEqualTo(1);
        assertThat(kek.path("notProved")).isNotEmpty();
        server.close();
        copy(copy, home.path().resolve("data"));
        server = home.serve();
        inject("line-1", "unit-1", key).requireDone();
        assertThat(Files.readAllBytes(home.scratch().resolve("unit-1.pem.p8e")))
                .as("the old database still has what was wrapped")
                .isEqualTo(wrapped);
        assertThat(secretKeys()).as("and the token has nothing that unwraps it").doesNotContain("Secret Key Object");
        Program.Ended next = inject("line-1", "unit-2", home.scratch().resolve("unit-2.der"));
        assertThat(next.exit()).isEqualTo(1);
        assertThat(next.err()).contains("key-encryption key is destroyed");
    }

    /** Neither on the server's heap, whatever is not collected yet, nor in its files. */
    private void requireNowhere(ECPublicKey key, byte[] pkcs8) throws IOException {
        Path dump = home.scratch().resolve("heap.hprof");
        new Program(home.scratch(), Map.of())
                .run(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.pid()),
                        "GC.heap_dump",
                        "-all",
                        dump.toString())
                .requireDone();
        assertThat(KeySearch.p256(dump, List.of(key))).isEmpty();
        byte[] scalar = Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
        assertThat(pkcs8.length).as("a PKCS#8 that ends with the secret number").isEqualTo(67);
        try (Stream<Path> files = Files.walk(home.path())) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> holds(file, scalar)))
                    .isEmpty();
        }
    }

    private static boolean holds(Path file, byte[] wanted) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return content.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String secretKeys() throws IOException {
        String pin = Files.readString(home.path().resolve(setting("pin-file"))).strip();
        return home.token()
                .pkcs11Tool(setting("label"), pin, "--list-objects", "--type", "secrkey")
                .out();
    }

    private String setting(String key) throws IOException {
        String settings = Files.readString(home.path().resolve("nameplate.yaml"));
        Matcher matcher =
                Pattern.compile("(?m)^  " + key + ": *\"?([^\"\\n]+?)\"? *$").matcher(settings);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static RenewalOverEst at(Instant now) {
        return new RenewalOverEst(InstantSource.fixed(now));
    }

    private void station(String name) {
        String code = json("station", "add", name, "--site", "Plant 2", "--json")
                .path("code")
                .asString();
        office("station", "enrol", name, "--code", code);
    }

    private void create(String batch, String keys) {
        office(
                "batch",
                "create",
                batch,
                "--product",
                "P",
                "--profile",
                "idevid",
                "--quota",
                "5",
                "--keys",
                keys,
                "--station",
                "line-1",
                "--station",
                "line-2");
    }

    private Path csr(String unit, String key) {
        Path csr = home.scratch().resolve(unit + "-" + key + ".csr");
        Path file = home.scratch().resolve(key + ".key");
        Program openssl = new Program(home.scratch(), Map.of());
        if (Files.notExists(file)) {
            openssl.run(Product.words("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + file))
                    .requireDone();
        }
        openssl.run(Product.words("openssl req -new -key " + file + " -subj /CN=" + unit + " -out " + csr))
                .requireDone();
        return csr;
    }

    private Program.Ended issue(String station, String batch, String unit, Path csr) {
        return home.nameplate(
                "--operator",
                station,
                "station",
                "issue",
                "--batch",
                batch,
                "--unit",
                unit,
                "--csr",
                csr.toString(),
                "--out",
                home.scratch().resolve(unit + "-" + station + ".pem").toString());
    }

    private Program.Ended inject(String station, String unit, Path key) {
        return home.nameplate(
                "--operator",
                station,
                "station",
                "issue",
                "--batch",
                "WO-1",
                "--unit",
                unit,
                "--open-key",
                key.toString(),
                "--out",
                home.scratch().resolve(unit + ".pem").toString());
    }

    private String office(String... arguments) {
        return home.nameplate(arguments).requireDone().out();
    }

    private JsonNode json(String... arguments) {
        return JsonMapper.shared().readTree(office(arguments));
    }

    private static X509Certificate certificate(Path pem) throws Exception {
        String text = Files.readString(pem);
        byte[] first = text.substring(text.indexOf("-----BEGIN CERTIFICATE")).getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(first));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(from)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
