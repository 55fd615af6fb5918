package dev.nameplate.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.edge.admin.ApiRig;
import dev.nameplate.ca.issuance.IssuedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client commands against the operator API over TLS. */
class ClientCommandsIT {
    private final ApiRig api = new ApiRig();
    private final Path home;
    private final CliRig cli;

    ClientCommandsIT(@TempDir Path home) {
        this.home = home;
        this.cli = new CliRig(home, api);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void registersListsAndShowsADevice() {
        CliRig.Run registered = cli.run("device", "register", "sensor-17", "--attribute", "site=north");

        assertThat(registered).isEqualTo(new CliRig.Run(0, "registered device sensor-17\n", ""));
        CliRig.Run listed = cli.run("device", "list");
        assertThat(listed.out().lines().toList())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.getFirst()).startsWith("ID         STATE   REGISTERED"))
                .satisfies(lines -> assertThat(lines.getLast())
                        .startsWith("sensor-17  active  20")
                        .endsWith("site=north"));
        assertThat(cli.run("device", "show", "sensor-17").out()).contains("id:          sensor-17\n");
    }

    @Test
    void printsJsonAndNothingElse() {
        assertThat(cli.run("device", "list", "--json").json()).isEmpty();
        assertThat(cli.run("--json", "device", "register", "sensor-17")
                        .json()
                        .path("id")
                        .asString(""))
                .isEqualTo("sensor-17");
        assertThat(cli.run("device", "list", "--json").json().at("/0/id").asString(""))
                .isEqualTo("sensor-17");
        assertThat(cli.run("device", "show", "sensor-17", "--json")
                        .json()
                        .path("state")
                        .asString(""))
                .isEqualTo("active");
    }

    @Test
    void followsEveryPage() {
        for (int i = 0; i < 1203; i++) {
            api.device("sensor-" + (10_000 + i));
        }

        assertThat(cli.run("device", "list", "--json").json()).hasSize(1203);
        assertThat(cli.run("device", "list").out().lines()).hasSize(1204);
    }

    @Test
    void makesABatchForAListOfUnits() throws Exception {
        Path list = Files.writeString(home.resolve("units.csv"), "device,box\nA-1,7\nB-2,7\n");
        Path more = Files.writeString(home.resolve("more.txt"), "C-3\n");
        String[] create = {"batch", "create", "WO-1", "--product", "P", "--profile", "idevid", "--quota", "3"};
        CliRig.Run both = cli.run(with(create, "--list", list.toString(), "--first", "A-1", "--last", "A-9"));

        CliRig.Run created = cli.run(with(create, "--list", list.toString()));
        CliRig.Run again = cli.run("batch", "allow", "WO-1", "--list", list.toString());
        CliRig.Run grown = cli.run("batch", "allow", "WO-1", "--list", more.toString());

        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("a batch has one of the two");
        assertThat(created).isEqualTo(new CliRig.Run(0, "created batch WO-1 for 3 units\n", ""));
        assertThat(again.out()).isEqualTo("2 ids are on the list of batch WO-1\n");
        assertThat(grown.out()).isEqualTo("1 ids are on the list of batch WO-1\n");
        assertThat(cli.run("batch", "show", "WO-1", "--json").json().toString()).contains("listed");
        assertThat(cli.run(with(create, "--list", home.resolve("none").toString()))
                        .exit())
                .isEqualTo(2);
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void saysInOneLineWhatTheServerRefused() {
        CliRig.Run unknown = cli.run("device", "show", "nobody");

        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).matches("nameplate: there is no device nobody \\(request [0-9a-f]{16}\\)\n");
        CliRig.Run problem = cli.run("device", "show", "nobody", "--json");
        assertThat(problem.exit()).isEqualTo(1);
        assertThat(problem.json().path("type").asString("")).isEqualTo("urn:nameplate:refusal:not-found");
    }

    @Test
    void saysHowToStartAServerThatDoesNotAnswer() {
        CliRig.Run run = cli.run("device", "list", "--server", "https://127.0.0.1:1");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("nameplate: the server at https://127.0.0.1:1 does not answer;"
                        + " start it with `nameplate serve`\n");
    }

    @Test
    void aBrokenWorldIsNotARefusal() {
        api.store().devices().failNext();

        assertThat(cli.run("device", "register", "sensor-17").exit()).isEqualTo(3);
    }

    @Test
    void trustsTheHomesCaAlone() {
        try (ApiRig other = new ApiRig()) {
            CliRig.Run run = cli.run("device", "list", "--server", other.base().toString());

            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).startsWith("nameplate: no trusted TLS connection to ");
        }
    }

    @Test
    void makesListsAndCancelsCodes() {
        api.device("sensor-17");

        CliRig.Run made = cli.run("code", "create", "sensor-17", "--label", "line-1", "--valid", "PT24H");

        assertThat(made.out()).containsPattern("code:     ([0-9A-Z]{5}-){4}[0-9A-Z]{5}\n");
        String id = cli.run("code", "list", "--json").json().at("/0/id").asString("");
        assertThat(cli.run("code", "list", "--device", "sensor-17").out())
                .contains(id)
                .contains("unused");
        assertThat(cli.run("code", "cancel", id).out()).isEqualTo("cancelled code " + id + "\n");
        assertThat(cli.run("code", "list").out()).contains("cancelled");
        assertThat(cli.run("code", "cancel", id).exit()).isEqualTo(1);
    }

    @Test
    void showsAndRevokesACertificate() {
        IssuedCertificate issued = api.deviceCertificate("sensor-17");
        String serial = issued.serial().toString();

        assertThat(cli.run("cert", "list", "--device", "sensor-17").out())
                .contains(serial)
                .contains("good");
        assertThat(cli.run("cert", "show", serial).out()).contains("device:sensor-17");
        assertThat(cli.run("cert", "show", serial, "--pem").out()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(cli.run("cert", "revoke", serial).exit()).isEqualTo(2);
        assertThat(cli.run("cert", "revoke", serial, "--reason", "key-compromise")
                        .out())
                .startsWith("revoked at 20");
        assertThat(cli.run("cert", "revoke", serial, "--reason", "superseded").out())
                .startsWith("was revoked already, at 20");
        assertThat(cli.run("cert", "list").out()).contains("revoked (key-compromise)");
    }

    @Test
    void showsAnIssuersChain() {
        assertThat(cli.run("issuer", "list").out()).contains("devices/1").contains("active");
        assertThat(cli.run("issuer", "show", "devices").out()).contains("-----BEGIN CERTIFICATE-----");
        assertThat(cli.run("issuer", "show", "nobody").exit()).isEqualTo(1);
    }

    @Test
    void anAddedOperatorWorksAtOnceAndARemovedOneNoMore() {
        CliRig.Run added = cli.run("operator", "add", "clerk", "--role", "operator");

        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(cli.run("device", "list", "--operator", "clerk").exit()).isZero();
        assertThat(cli.run("audit", "list", "--operator", "clerk").exit()).isEqualTo(1);
        assertThat(cli.run("operator", "list").out()).contains("clerk");
        assertThat(cli.run("operator", "remove", "clerk").out()).isEqualTo("removed operator clerk\n");
        assertThat(cli.run("device", "list", "--operator", "clerk").exit()).isEqualTo(1);
    }

    @Test
    void identityFilesAreForTheirOwnerAloneAndNeverOverwritten() throws Exception {
        cli.run(
                "operator",
                "add",
                "clerk",
                "--role",
                "operator",
                "--out",
                home.resolve("keys").toString());

        for (String name : new String[] {"clerk.pem", "clerk.p12", "clerk.p12.password"}) {
            Path file = home.resolve("keys").resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        int before = api.store().audit().events().size();
        CliRig.Run again = cli.run(
                "operator",
                "add",
                "clerk",
                "--role",
                "operator",
                "--out",
                home.resolve("keys").toString());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("exists already");
        assertThat(api.store().audit().events()).hasSize(before);
    }

    @Test
    void verifiesTheTrailOnTheServerAndOffline() throws Exception {
        api.device("sensor-17");
        assertThat(cli.run("audit", "verify").exit()).isEqualTo(1);
        api.seal();

        assertThat(cli.run("audit", "verify").out()).contains("intact");
        Path export = home.resolve("export.ndjson");
        assertThat(cli.run("audit", "export", "--out", export.toString()).exit())
                .isZero();
        assertThat(cli.run("audit", "export", "--out", export.toString()).exit())
                .isEqualTo(1);
        api.close();
        assertThat(cli.run("audit", "verify", "--file", export.toString()).exit())
                .isZero();
        Files.writeString(export, Files.readString(export).replace("sensor-17", "sensor-18"));
        CliRig.Run spoiled = cli.run("audit", "verify", "--file", export.toString());
        assertThat(spoiled.exit()).isEqualTo(1);
        assertThat(spoiled.err()).contains("entry ").contains("altered");
    }

    @Test
    void listsTheTrail() {
        api.device("sensor-17");

        assertThat(cli.run("audit", "list").out()).contains("device.registered").contains("device:sensor-17");
        assertThat(cli.run("audit", "list", "--after", "999", "--json").json()).isEmpty();
    }

    @Test
    void wrongUsageIsItsOwnExitCode() {
        assertThat(cli.run("device").exit()).isEqualTo(2);
        assertThat(cli.run("device", "register").exit()).isEqualTo(2);
        assertThat(cli.run("device", "list", "--nonsense").exit()).isEqualTo(2);
        assertThat(cli.run("code", "create", "s", "--valid", "tomorrow").exit()).isEqualTo(2);
        assertThat(cli.run("operator", "add", "BOSS", "--role", "admin").exit()).isEqualTo(2);
    }

    @Test
    void everyCommandHasHelpAndAVersion() {
        assertThat(cli.run("code", "create", "--help").out())
                .contains("--home")
                .contains("--json")
                .contains("Exit codes");
        assertThat(cli.run("device", "list", "--version").out()).isEqualTo("nameplate 1.2.3\n");
        assertThat(cli.run("--help").out()).contains("device", "code", "cert", "issuer", "operator", "audit");
    }

    @Test
    void namesTheFileThatIsMissing() {
        CliRig.Run run = cli.run("device", "list", "--operator", "stranger");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("there is no " + home.resolve("operators/stranger.pem"));
    }

    @Test
    void renewsWhoeverCallsAndPutsTheFilesInTheirPlace() throws Exception {
        Path pem = home.resolve("operators").resolve("admin.pem");
        String before = Files.readString(pem);

        CliRig.Run renewed = cli.run("operator", "renew");

        assertThat(renewed.exit()).as(renewed.err()).isZero();
        assertThat(Files.readString(pem)).isNotEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pem)))
                .isEqualTo("rw-------");
        try (var files = Files.list(pem.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("admin.pem", "admin.p12", "admin.p12.password");
        }
    }

    @Test
    void warnsAnOperatorWhoseCertificateEndsSoonAndDoesAsAskedAllTheSame() throws Exception {
        CliRig.Run listed = cli.at(Duration.ofDays(-1)).run("device", "list");

        assertThat(listed.exit()).isZero();
        assertThat(listed.err()).startsWith("warning: the certificate in ").contains("nameplate operator renew");
        assertThat(cli.run("device", "list").err()).isEmpty();
        Files.writeString(home.resolve("operators/admin.station"), "{}");
        assertThat(cli.at(Duration.ofDays(-1)).run("device", "list").err())
                .as("a station renews itself another way")
                .contains("`nameplate station enrol admin`");
    }

    @Test
    void runsACampaign() {
        CliRig.Run created = cli.run(
                "campaign",
                "create",
                "away from RSA",
                "--key",
                "rsa-2048",
                "--to-algorithm",
                "ec-p256",
                "--within",
                "P30D",
                "--reason",
                "RSA ends",
                "--json");
        String id = created.json().at("/pull/id").asString("?");

        assertThat(cli.run("campaign", "list").out()).contains("away from RSA", id, "key=rsa-2048");
        assertThat(cli.run(
                                "renewal",
                                "pull",
                                "--start",
                                "2026-01-01T00:00:00Z",
                                "--end",
                                "2096-01-01T00:00:00Z",
                                "--profile",
                                "ldevid",
                                "--reason",
                                "all of them")
                        .exit())
                .isZero();
        assertThat(cli.run("renewal", "list").out()).contains("all of them");
        assertThat(cli.run("campaign", "show", id, "--json")
                        .json()
                        .at("/devices/cohort")
                        .asInt(-1))
                .isZero();
        assertThat(cli.run("campaign", "show", id, "--stuck", "--json").json()).isEmpty();
        assertThat(cli.run("campaign", "stop", id).out()).isEqualTo("stopped " + id + "\n");
        assertThat(cli.run("campaign", "show", "ffffffffffffffff").exit()).isEqualTo(1);
    }

    @Test
    void listsKeysAndRotatesThem() {
        CliRig.Run listed = cli.run("key", "list");

        assertThat(listed.out()).contains("issuer devices/1", "software:token=test");
        assertThat(cli.run("key", "rotate", "tls").out()).isEqualTo("new keys: tls\n");
        assertThat(cli.run("key", "rotate", "moon").exit()).isEqualTo(1);
    }
}
