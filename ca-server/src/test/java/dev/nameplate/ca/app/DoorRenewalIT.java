package dev.nameplate.ca.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.SettingsReader;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.rotation.KeyEntry;
import dev.nameplate.hsm.VaultListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The renewal of a door's certificate, cut off after each of its steps: issued, written as a draft, put in place, shown. */
final class DoorRenewalIT {
    private static final String PURPOSE = "door-device";
    private static final List<String> NAMES = List.of("localhost");

    /** Of 90 days it is renewed 30 before the end. */
    private static final Duration DUE = Duration.ofDays(61);

    @TempDir
    private Path directory;

    private SimulatedHome home;

    @BeforeEach
    void showsItsFirst() {
        home = new SimulatedHome(directory, UnaryOperator.identity());
        home.start().close();
        home.clock.advance(DUE);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void goesOnAfterItsNextWasIssuedAndNotWritten() throws IOException {
        byte[] old = Files.readAllBytes(file());
        cutOffAfter(certificates -> certificates.renewed("device", NAMES));
        Files.write(file(), old);

        showsAGoodOneAndKeepsIt();
    }

    @Test
    void goesOnAfterADraftWasWrittenByHalf() throws IOException {
        byte[] old = Files.readAllBytes(file());
        cutOffAfter(certificates -> certificates.renewed("device", NAMES));
        byte[] next = Files.readAllBytes(file());
        Files.write(file(), old);
        Files.write(file().resolveSibling("device.pem.new"), Arrays.copyOf(next, next.length / 2));

        showsAGoodOneAndKeepsIt();
        assertThat(file().resolveSibling("device.pem.new")).doesNotExist();
    }

    @Test
    void showsWhatIsInPlaceAndWasNotShownAndIssuesNoOther() {
        cutOffAfter(certificates -> certificates.renewed("device", NAMES));
        int issued = issued();

        showsAGoodOneAndKeepsIt();

        assertThat(issued()).as("but for the operator door").isEqualTo(issued + 1);
    }

    @Test
    void showsTheOneBeforeWhileTheNextCannotBeWrittenAndSaysSo() throws IOException {
        home.clock.advance(Duration.ofDays(-2));
        try (Server server = home.start()) {
            home.clock.advance(Duration.ofDays(2));
            Instant before = ends(server);
            Path obstacle = Files.createDirectories(file().resolveSibling("device.pem.new/occupied"));

            server.rotations().turn();

            assertThat(ends(server)).isEqualTo(before);
            assertThat(server.watch().troubleOf(PURPOSE))
                    .hasValueSatisfying(why -> assertThat(why).contains("device.pem cannot be written"));
            Files.delete(obstacle);
            server.rotations().turn();
            assertThat(ends(server)).isAfter(before);
            assertThat(server.watch().troubleOf(PURPOSE)).isEmpty();
        }
    }

    /** Whoever published a root was cut off before he told anybody. */
    @Test
    void writesDownWhomToTrustThoughItWasCutOffWhenThatChanged() throws IOException {
        Path trust = new Home(directory).trust();
        byte[] right = Files.readAllBytes(trust);
        Files.writeString(trust, "");

        home.start().close();

        assertThat(trust).hasBinaryContent(right);
    }

    private void cutOffAfter(Consumer<DoorCertificates> step) {
        try (Core core = core()) {
            step.accept(new DoorCertificates(core));
        }
    }

    /** As a server that starts after that does. */
    private void showsAGoodOneAndKeepsIt() {
        Instant now = home.clock.instant();
        Instant shown;
        try (Server server = home.start()) {
            shown = ends(server);
            assertThat(shown).isAfter(now.plus(DUE));
            server.rotations().turn();
            assertThat(ends(server)).isEqualTo(shown);
            assertThat(server.watch().troubleOf(PURPOSE)).isEmpty();
        }
        try (Server again = home.start()) {
            assertThat(ends(again)).isEqualTo(shown);
        }
    }

    private static Instant ends(Server server) {
        return server.rotations().inventory().all().stream()
                .filter(key -> key.purpose().equals(PURPOSE))
                .findFirst()
                .map(KeyEntry::times)
                .flatMap(times -> times.certificateEnds())
                .orElseThrow();
    }

    private int issued() {
        try (Core core = core()) {
            return (int) core
                    .records()
                    .ledger()
                    .list(new CertificateQuery(Optional.empty(), Optional.empty(), Optional.empty(), 1000))
                    .stream()
                    .filter(certificate -> certificate.profile().value().equals("door"))
                    .count();
        }
    }

    private Core core() {
        return Core.open(home.means(), SettingsReader.read(home.means().home()), VaultListener.SILENT);
    }

    private Path file() {
        return new Home(directory).tls().resolve("device.pem");
    }
}
