package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator types, against the running product. */
@ExtendWith(Product.Shared.class)
final class CommandLineIT {
    private final ProductHome home;

    CommandLineIT(Product product) {
        this.home = product.home();
    }

    @Test
    void doctorSaysOfEveryCheckWhatItFound() {
        String report = home.nameplate("doctor").requireDone().out();

        assertThat(report.lines().map(line -> line.split(" +", -1)[0]))
                .contains("CHECK", "token", "database", "issuers", "disk", "secrets", "tls");
        assertThat(report.lines().filter(line -> line.startsWith("token")).findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("ok", "a test signature took"));
    }

    @Test
    void registersADeviceAndMakesItACode() {
        home.nameplate("device", "register", "typed-1").requireDone();
        assertThat(home.nameplate("device", "list").requireDone().out()).contains("typed-1");

        assertThat(home.nameplate("code", "create", "typed-1").requireDone().out())
                .contains("typed-1");
        assertThat(home.nameplate("code", "list", "--device", "typed-1")
                        .requireDone()
                        .out())
                .contains("typed-1");
    }

    @Test
    void refusesTwoDevicesOfOneNameInALine() {
        home.nameplate("device", "register", "typed-2").requireDone();

        Program.Ended again = home.nameplate("device", "register", "typed-2");

        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err().strip()).hasLineCount(1).contains("typed-2");
    }

    @Test
    void exportsATrailThatVerifiesByItselfAlone() {
        Path export = home.scratch().resolve("trail.ndjson");

        home.nameplate("audit", "export", "--out", export.toString()).requireDone();

        assertThat(export).isNotEmptyFile();
        assertThat(home.nameplate("audit", "verify", "--file", export.toString())
                        .requireDone()
                        .out())
                .contains("intact");
    }

    @Test
    void listsWhatThereIs() {
        assertThat(home.nameplate("issuer", "list").requireDone().out()).contains("root/1", "devices/1", "factory/1");
        assertThat(home.nameplate("operator", "list").requireDone().out()).contains("admin");
        assertThat(home.nameplate("cert", "list", "--json").requireDone().out()).contains("\"serial\"");
        assertThat(home.nameplate("audit", "list").requireDone().out()).contains("certificate.issued");
    }
}
