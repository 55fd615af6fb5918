package dev.nameplate.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.ca.edge.admin.ApiRig;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bulk revocation from the command line. */
final class RevokeCommandsIT {
    private final ApiRig rig = new ApiRig();
    private final Path home;
    private final CliRig cli;
    private final List<IssuedCertificate> issued = new ArrayList<>();

    RevokeCommandsIT(@TempDir Path home) {
        this.home = home;
        this.cli = new CliRig(home, rig);
    }

    @BeforeEach
    void issue() {
        for (int number = 1; number <= 5; number++) {
            rig.device("sensor-" + number);
            issued.add(rig.deviceCertificate("sensor-" + number));
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void plansAndThenDoesExactlyThat() throws IOException {
        Path plan = plan(file("devices", "sensor-1\nsensor-3\n"), "--devices");

        assertThat(Files.readString(plan)).contains("\"selection\":{\"listed\":\"devices\"}");
        assertThat(held()).isEmpty();
        CliRig.Run applied = cli.run("revoke", "apply", plan.toString(), "--yes");

        assertThat(applied.out()).startsWith("done: 2 certificates, of which 2 changed");
        assertThat(held()).containsExactly(issued.get(0), issued.get(2));
        assertThat(cli.run("revoke", "apply", plan.toString(), "--yes").out()).startsWith("done: 2");
        assertThat(cli.run("revoke", "status").out()).contains("done").contains("operator:admin");
    }

    @Test
    void takesBackWhatAPlanHeld() throws IOException {
        cli.run("revoke", "apply", plan(csv(0, 1), "--serials").toString(), "--yes");
        assertThat(held()).hasSize(2);
        Path back = home.resolve("back");

        cli.run("revoke", "plan", "--profile", "ldevid", "--release", "--out", back.toString());

        assertThat(cli.run("revoke", "apply", back.toString(), "--yes").out()).startsWith("done: 2");
        assertThat(held()).isEmpty();
        assertThat(rig.store().audit().actions()).endsWith("certificate.released", "revocation.done");
    }

    @Test
    void showsWhatItWouldHit() throws IOException {
        CliRig.Run run = cli.run(
                "revoke",
                "plan",
                "--serials",
                csv(0, 1).toString(),
                "--reason",
                "superseded",
                "--final",
                "--out",
                home.resolve("p").toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("revoke")
                .contains("devices/1=2")
                .contains("CRLs grow by")
                .contains("re-enrolments")
                .contains("sensor-1 " + issued.get(0).serial());
        assertThat(run.err()).contains("nothing is revoked yet");
    }

    @Test
    void refusesAPlanThatWasEdited() throws IOException {
        Path plan = plan(csv(0), "--serials");
        String edited = Files.readString(plan)
                .replace(
                        issued.get(0).serial().toString(),
                        issued.get(1).serial().toString());
        Files.writeString(plan, edited);

        assertRefused(plan, "was changed since the server wrote it");
    }

    @Test
    void refusesAPlanWhoseDigestWasMadeToFitTheEdit() throws IOException {
        Path plan = plan(csv(0), "--serials");
        String whole = Files.readString(plan)
                .replace(
                        issued.get(0).serial().toString(),
                        issued.get(1).serial().toString());
        String body = whole.substring(0, whole.lastIndexOf("{\"sha256\""));
        String digest = Sha256.of(body.getBytes(StandardCharsets.UTF_8)).toString();
        Files.writeString(plan, body + "{\"sha256\":\"" + digest + "\"}\n");

        assertRefused(plan, "not as it was made here");
    }

    @Test
    void refusesThePlanOfAnotherCa() throws IOException {
        Path plan = plan(csv(0), "--serials");
        String whole = Files.readString(plan).replaceFirst("\"ca\":\"..", "\"ca\":\"00");
        String body = whole.substring(0, whole.lastIndexOf("{\"sha256\""));
        String digest = Sha256.of(body.getBytes(StandardCharsets.UTF_8)).toString();
        Files.writeString(plan, body + "{\"sha256\":\"" + digest + "\"}\n");

        assertRefused(plan, "the plan is of another CA");
    }

    @Test
    void refusesAPlanWhoseWorldHasChanged() throws IOException {
        Path plan = plan(file("devices", "device\nsensor-1\n"), "--devices");
        rig.deviceCertificate("sensor-1");

        assertRefused(plan, "the world has changed since it was made: 2 certificates match now, 1 did then");
        Path other = plan(csv(1), "--serials");
        cli.run("cert", "revoke", issued.get(1).serial().toString(), "--reason", "superseded");
        assertRefused(other, "the world has changed");
    }

    @Test
    void waitsForASecondOperatorWhereItIsMany() throws IOException {
        Path plan = plan(csv(0, 1, 2, 3), "--serials");
        CliRig.Run applied = cli.run("--json", "revoke", "apply", plan.toString(), "--yes");
        String id = applied.json().path("id").asString("");

        assertThat(applied.json().path("state").asString("")).isEqualTo("awaiting");
        assertThat(cli.run("approval", "list").out()).contains(id);
        CliRig.Run own = cli.run("approval", "approve", id);
        assertThat(own.exit()).isEqualTo(1);
        assertThat(own.err()).contains("another operator has to");
        assertThat(held()).isEmpty();

        cli.add("second", rig.person("second", Role.OPERATOR), rig.pki().root());
        assertThat(cli.run("--operator", "second", "approval", "approve", id).exit())
                .isZero();
        await().until(() -> held().size() == 4);
    }

    @Test
    void endsWithARejection() throws IOException {
        Path plan = plan(csv(0, 1, 2, 3), "--serials");
        CliRig.Run applied = cli.run("--json", "revoke", "apply", plan.toString(), "--yes");
        String id = applied.json().path("id").asString("");

        assertThat(cli.run("approval", "reject", id).out()).contains("rejected");

        assertRefused(plan, "it is rejected");
        assertThat(cli.run("approval", "list").out()).doesNotContain(id);
    }

    @Test
    void makesNoPlanOfWhatIsNotKnownOrMatchesNothing() throws IOException {
        assertNoPlan("--serials", file("serials", "serial\nff00ff\n").toString(), "not known here: certificate ff00ff");
        assertNoPlan("--devices", file("devices", "nobody\n").toString(), "not known here: device nobody");
        assertNoPlan("--batch", "17", "nothing matches");
        assertNoPlan("--serials", file("serials", "serial\nxyz\n").toString(), "line 2: this is no serial: xyz");
        assertNoPlan("--devices", home.resolve("absent").toString(), "cannot be read");
        assertNoPlan("--key", "rsa-1", "is not one of");
        CliRig.Run nothing = cli.run("revoke", "plan", "--reason", "superseded");
        assertThat(nothing.err()).contains("leaves nothing out");
        assertThat(cli.run("revoke", "plan", "--batch", "1").exit()).isEqualTo(2);
        assertThat(cli.run("revoke", "plan", "--batch", "1", "--reason", "bored")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoPlanAtAll() throws IOException {
        assertRefused(file("empty", ""), "is no plan");
        assertRefused(file("short", "{}\n"), "is no plan");
        assertRefused(file("long", "x".repeat(100_000)), "is no plan");
    }

    @Test
    void holdsReleasesAndDecommissionsADevice() {
        String serial = issued.get(0).serial().toString();

        assertThat(cli.run("device", "hold", "sensor-1").out()).contains("is held; certificates changed: 1");
        assertThat(cli.run("cert", "release", serial).err()).contains("release the device");
        assertThat(cli.run("device", "release", "sensor-1").out()).contains("is active; certificates changed: 1");
        assertThat(cli.run("cert", "hold", serial, "--final-at", "2099-01-01T00:00:00Z", "--final-reason", "superseded")
                        .out())
                .contains("held at 20")
                .contains("revoked for good at 2099-01-01T00:00:00Z (superseded)");
        assertThat(cli.run("cert", "release", serial).out()).startsWith("released");
        assertThat(cli.run("cert", "release", serial).out()).startsWith("was not held");
        assertThat(cli.run("device", "decommission", "sensor-1").out()).contains("is decommissioned");
        assertThat(cli.run("device", "release", "sensor-1").err()).contains("decommissioned for ever");
        assertThat(cli.run("cert", "hold", serial).err()).contains("revoked for good");
        assertThat(cli.run("cert", "hold", serial, "--final-reason", "superseded")
                        .err())
                .contains("give finalAt as well");
    }

    private Path plan(Path list, String option) {
        Path out = home.resolve("plan-" + list.getFileName());
        CliRig.Run run = cli.run(
                "revoke", "plan", option, list.toString(), "--reason", "key-compromise", "--out", out.toString());
        assertThat(run.err()).contains("wrote " + out);
        return out;
    }

    private void assertNoPlan(String option, String value, String says) {
        CliRig.Run run = cli.run(
                "revoke",
                "plan",
                option,
                value,
                "--reason",
                "superseded",
                "--out",
                home.resolve("none").toString());

        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains(says);
        assertThat(home.resolve("none")).doesNotExist();
    }

    private void assertRefused(Path plan, String says) {
        CliRig.Run run = cli.run("revoke", "apply", plan.toString(), "--yes");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(says);
        assertThat(held()).isEmpty();
    }

    private Path csv(int... which) throws IOException {
        StringBuilder text = new StringBuilder("device,\"serial\"\n");
        for (int index : which) {
            text.append("x,").append(issued.get(index).serial()).append('\n');
        }
        return file("csv", text.toString());
    }

    private Path file(String name, String content) throws IOException {
        Path directory = Files.createTempDirectory(home, "given");
        return Files.writeString(directory.resolve(name + directory.getFileName()), content);
    }

    private List<IssuedCertificate> held() {
        return issued.stream()
                .filter(certificate -> rig.store()
                                .revocations()
                                .of(certificate.issuer(), certificate.serial())
                                .orElseThrow()
                        instanceof Standing.Held)
                .toList();
    }
}
