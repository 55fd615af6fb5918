package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line whose network is gone from draw to report, and whose power fails at random: processes are killed wherever they are. How
 * many units it makes is {@code -Dnameplate.offline.units}.
 */
final class OfflineLineIT {
    private static final int UNITS = Integer.getInteger("nameplate.offline.units", 60);
    private static final int FEW = 4;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ProductHome home = ProductHome.create();
    private final Random chance = new Random(20261121);
    private ServerProcess server = home.serve();

    @AfterEach
    void stop() {
        server.close();
        home.close();
    }

    @Test
    void everyGoodUnitHasExactlyOneValidCertificateThoughTheNetworkIsGoneAndThePowerFails() throws Exception {
        lineFor("WO-off", UNITS + 5);
        untilDone("station", "draw", "--batch", "WO-off", "--units", Integer.toString(UNITS));
        server.close();

        List<String> devices =
                IntStream.rangeClosed(1, UNITS).mapToObj(n -> "MCU-" + n).toList();
        Path list = home.scratch().resolve("devices.txt");
        Files.write(list, devices);
        Path out = home.scratch().resolve("units");
        untilDone(
                "station",
                "issue",
                "--offline",
                "--batch",
                "WO-off",
                "--units",
                list.toString(),
                "--out",
                out.toString());
        for (String device : devices) {
            sign(out, device);
        }
        untilDone(
                "station",
                "report",
                "--offline",
                "--batch",
                "WO-off",
                "--units",
                list.toString(),
                "--signatures",
                out.toString());
        server = home.serve();
        untilDone("station", "report", "--batch", "WO-off");

        Set<String> certificates = new HashSet<>();
        for (String device : devices) {
            certificates.add(Files.readString(out.resolve(device + ".pem")));
        }
        assertThat(certificates).hasSize(UNITS);
        Path record = home.scratch().resolve("closing.pem");
        Path units = home.scratch().resolve("units.ndjson");
        home.nameplate("batch", "close", "WO-off", "--out", record.toString()).requireDone();
        home.nameplate("batch", "export", "WO-off", "--out", units.toString()).requireDone();
        JsonNode said = json("audit", "verify", "--file", record.toString(), "--units", units.toString(), "--json");
        assertThat(said.at("/record/outcomes/closed").asInt()).isEqualTo(UNITS);
        assertThat(said.at("/record/units").asInt()).isEqualTo(UNITS);
        assertThat(said.at("/record/used").asInt()).isEqualTo(UNITS);
        assertThat(said.at("/record/tally/verified").asInt()).isEqualTo(UNITS);
        assertThat(said.at("/record/tally/scrapped").asInt()).isZero();
        assertThat(Files.readAllLines(units)).hasSize(UNITS).allMatch(line -> line.contains("\"keys\":1"));
    }

    @Test
    void aBundleUsedOnASecondMachineIsDetectedAtItsReport() throws Exception {
        lineFor("WO-copy", FEW);
        at("station", "draw", "--batch", "WO-copy", "--units", Integer.toString(FEW))
                .requireDone();
        Path original = bundle("WO-copy");
        Path copy = home.scratch().resolve("copy");
        copy(original, copy);
        issue("WO-copy", "first").requireDone();
        at("station", "report", "--batch", "WO-copy").requireDone();

        replace(original, copy);
        issue("WO-copy", "second").requireDone();
        Program.Ended reported = at("station", "report", "--batch", "WO-copy");

        assertThat(reported.exit()).isEqualTo(1);
        assertThat(reported.err()).contains("two machines");
        assertThat(home.nameplate("audit", "list", "--json").requireDone().out())
                .contains("bundle.forked");
    }

    @Test
    void aDamagedJournalIssuesNothingMoreAndWhatItShowedIsReportedAndTheRestRevoked() throws Exception {
        lineFor("WO-damage", FEW);
        at("station", "draw", "--batch", "WO-damage", "--units", Integer.toString(FEW))
                .requireDone();
        issue("WO-damage", "first").requireDone();
        issue("WO-damage", "second").requireDone();
        Path journal = bundle("WO-damage").resolve("journal");
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(journal, lines.getFirst() + "\n");

        assertThat(issue("WO-damage", "third").err()).contains("lines are missing");
        Program.Ended ended = at("station", "report", "--batch", "WO-damage", "--end");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("1 entries are on record", "is damaged");
        home.nameplate("batch", "close", "WO-damage", "--out", record("damage"), "--scrap-unfinished")
                .requireDone();
        JsonNode said = json("audit", "verify", "--file", record("damage"), "--json");
        assertThat(said.at("/record/outcomes/scrapped").asInt()).isEqualTo(FEW);
    }

    @Test
    void aTamperedUnitIsPassedOverAndATamperedHeaderOpensNothing() throws Exception {
        lineFor("WO-tamper", FEW);
        at("station", "draw", "--batch", "WO-tamper", "--units", Integer.toString(FEW))
                .requireDone();
        Path place = bundle("WO-tamper");
        Path unit;
        try (Stream<Path> units = Files.list(place.resolve("units"))) {
            unit = units.sorted().findFirst().orElseThrow();
        }
        flip(unit);

        issue("WO-tamper", "first").requireDone();
        assertThat(Files.readString(home.scratch().resolve("first.pem"))).startsWith("-----BEGIN CERTIFICATE");
        at("station", "report", "--batch", "WO-tamper").requireDone();
        assertThat(home.nameplate("batch", "show", "WO-tamper", "--json")
                        .requireDone()
                        .out())
                .contains("\"scrapped\":1");

        assertThat(at("station", "status", "line-off", "--json").out())
                .contains("\"used\":2", "\"scrapped\":1", "\"left\":" + (FEW - 2));

        flip(place.resolve("header.cms"));
        assertThat(issue("WO-tamper", "second").exit()).isEqualTo(3);
    }

    @Test
    void moreThanTheQuotaHasLeftIsNotDrawnAndTheSameDrawAgainCountsOnce() throws Exception {
        lineFor("WO-quota", FEW);

        assertThat(at("station", "draw", "--batch", "WO-quota", "--units", "5").err())
                .contains("quota");
        copyAway("WO-quota");
        at("station", "draw", "--batch", "WO-quota", "--units", Integer.toString(FEW))
                .requireDone();
        copyAway("WO-quota");
        assertThat(at("station", "draw", "--batch", "WO-quota", "--units", "1").exit())
                .isEqualTo(1);
    }

    private void lineFor(String batch, int quota) {
        JsonNode added = json("station", "add", "line-off", "--site", "Plant 2", "--json");
        home.nameplate(
                        "station",
                        "enrol",
                        "line-off",
                        "--code",
                        added.path("code").asString())
                .requireDone();
        home.nameplate(
                        "batch",
                        "create",
                        batch,
                        "--product",
                        "P",
                        "--profile",
                        "idevid",
                        "--quota",
                        Integer.toString(quota),
                        "--keys",
                        "injected",
                        "--station",
                        "line-off")
                .requireDone();
    }

    private Program.Ended issue(String batch, String device) {
        return at(
                "station",
                "issue",
                "--offline",
                "--batch",
                batch,
                "--unit",
                device,
                "--out",
                home.scratch().resolve(device + ".pem").toString());
    }

    /** As often as it takes; every time but the last the power fails on the way. */
    private void untilDone(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--operator", "line-off"));
        all.addAll(List.of(arguments));
        Path said = home.scratch().resolve("said.txt");
        for (int cut = 0; cut < 4; cut++) {
            Process process = home.begin(said, all.toArray(String[]::new));
            process.waitFor(600 + chance.nextInt(1500), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        Process last = home.begin(said, all.toArray(String[]::new));
        assertThat(last.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(Files.readString(said)).isZero();
    }

    private Program.Ended at(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--operator", "line-off"));
        all.addAll(List.of(arguments));
        return home.nameplate(all.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) {
        return JSON.readTree(home.nameplate(arguments).requireDone().out());
    }

    private String record(String name) {
        return home.scratch().resolve(name + ".closing.pem").toString();
    }

    private Path bundle(String batch) throws IOException {
        try (Stream<Path> bundles =
                Files.list(home.path().resolve("bundles/line-off").resolve(batch))) {
            return bundles.findFirst().orElseThrow();
        }
    }

    /** What was begun is forgotten, as with another machine. */
    private void copyAway(String batch) throws IOException {
        Files.move(bundle(batch), home.scratch().resolve("away-" + chance.nextInt(Integer.MAX_VALUE)));
    }

    private static void replace(Path place, Path by) throws IOException {
        Files.move(place, place.resolveSibling("../../../" + place.getFileName() + ".away"));
        Files.move(by, place);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        octets[octets.length / 2] ^= 1;
        Files.write(file, octets);
    }

    private static void sign(Path directory, String device) throws Exception {
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(directory.resolve(device + ".p8"))));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(Files.readAllBytes(directory.resolve(device + ".pem.to-sign")));
        Files.write(directory.resolve(device + ".sig"), signer.sign());
        assertThat(Files.readString(directory.resolve(device + ".pem"), StandardCharsets.US_ASCII))
                .contains("END CERTIFICATE");
    }
}
