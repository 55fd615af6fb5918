package dev.nameplate.ca.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.SignedStatement;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.SettingsReader;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.VaultListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ceremonies that are stopped before each of their steps, and go on. */
final class RootCeremonyIT {
    private static final IssuerName ROOT = new IssuerName("root");

    @TempDir
    private Path directory;

    @Test
    void makesANextRootOnceWhereverItWasStopped() throws IOException {
        try (SimulatedHome home = new SimulatedHome(directory.resolve("home"), UnaryOperator.identity())) {
            Path out = directory.resolve("next");
            for (int agreed = 0; agreed < CeremonyScript.NEXT.size(); agreed++) {
                stops(home, out, agreed, RootCeremony::next);
            }

            holds(home, out, Optional.empty(), RootCeremony::next);

            assertThat(states(home)).containsExactly(IssuerRecord.State.ACTIVE, IssuerRecord.State.PUBLISHED);
            String transcript = Files.readString(out.resolve("transcript.txt"));
            assertThat(transcript.lines().filter(line -> line.endsWith("it goes on; operators: Ann, Bo")))
                    .hasSize(CeremonyScript.NEXT.size());
            assertThat(record(out))
                    .contains("\"root/2 key\":\"pkcs11:", "\"firmware\":", "\"root.pem\":", "\"links.pem\":")
                    .contains("\"transcript.txt\":\"" + hash(out.resolve("transcript.txt")));
            assertThatThrownBy(() -> holds(home, out, Optional.empty(), RootCeremony::next))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("is over");
        }
    }

    @Test
    void makesAFirstRootOnceWhereverItWasStopped() throws IOException {
        try (SimulatedHome home = SimulatedHome.withoutKeys(directory.resolve("home"))) {
            Path out = directory.resolve("first");
            for (int agreed = 0; agreed < CeremonyScript.FIRST.size(); agreed++) {
                stops(home, out, agreed, RootCeremony::first);
            }

            holds(home, out, Optional.empty(), RootCeremony::first);

            assertThat(states(home)).containsExactly(IssuerRecord.State.ACTIVE);
            assertThat(record(out))
                    .contains("\"root/1 key\":\"pkcs11:", "\"devices/1 public-key\":", "\"root-1.pem\":\"")
                    .contains(hash(out.resolve("devices-1.pem")));
        }
    }

    @Test
    void makesIssuersBelowARootElsewhereOnceWhereverItWasStopped() throws IOException {
        try (SimulatedHome home = SimulatedHome.withoutKeys(directory.resolve("home"))) {
            home.change(RootCeremonyIT::elsewhere);
            var above = new RootElsewhere(home.clock);
            Path out = directory.resolve("first");
            for (int agreed = 0; agreed < 4; agreed++) {
                stops(home, out, agreed, RootCeremony::elsewhere);
            }
            String request = Files.readString(out.resolve("devices.csr"));
            misses(home, out, "devices-chain.pem");
            above.sign(out, "devices");
            misses(home, out, "factory-chain.pem");
            above.sign(out, "factory");
            stops(home, out, 4, RootCeremony::elsewhere);

            holds(home, out, Optional.empty(), RootCeremony::elsewhere);

            assertThat(out.resolve("devices.csr")).hasContent(request);
            assertThat(states(home, "devices")).containsExactly(IssuerRecord.State.ACTIVE);
            assertThat(states(home, "factory")).containsExactly(IssuerRecord.State.ACTIVE);
            for (String file : List.of("devices.csr", "devices-chain.pem", "factory.csr", "devices-1.pem")) {
                assertThat(record(out)).contains("\"" + file + "\":\"" + hash(out.resolve(file)) + "\"");
            }
            assertThat(record(out)).contains("\"devices/1 public-key\":").doesNotContain("root/1");
            assertThat(verified(out, above.root())).isZero();
            Files.writeString(out.resolve("devices-1.pem"), "something else");
            assertThat(verified(out, above.root())).isEqualTo(1);
        }
    }

    /** The issuers' certificates come from a CA elsewhere. */
    private static String elsewhere(String settings) {
        return settings.replaceAll("(?m)^  root:\n(    .*\n)+", "").replace("parent: root", "external: true");
    }

    private static void misses(SimulatedHome home, Path out, String chain) {
        assertThatThrownBy(() -> holds(home, out, Optional.empty(), RootCeremony::elsewhere))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(chain + " is not there");
    }

    /** As {@code nameplate ceremony verify}, on a machine that has no home. */
    private int verified(Path out, CertificateDer root) throws IOException {
        Path pem = directory.resolve("elsewhere.pem");
        Files.writeString(pem, PemFiles.pem(root.parsed()));
        return Main.commandLine(Map.of(), InstantSource.system())
                .execute(
                        "ceremony",
                        "verify",
                        out.toString(),
                        "--ca",
                        pem.toString(),
                        "--home",
                        directory.resolve("none").toString());
    }

    @Test
    void saysThatThereIsNoRootToReplace() {
        try (SimulatedHome home = SimulatedHome.withoutKeys(directory.resolve("home"))) {
            Path out = directory.resolve("next");

            assertThatThrownBy(() -> holds(home, out, Optional.empty(), RootCeremony::next))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("`nameplate ceremony root --first` makes it");
        }
    }

    private static void stops(SimulatedHome home, Path out, int agreed, Consumer<RootCeremony> how) {
        assertThatThrownBy(() -> holds(home, out, Optional.of("ab\n".repeat(agreed)), how))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("the ceremony was stopped");
        assertThat(out.resolve("record.der")).doesNotExist();
    }

    /** @param said by those who are there; nothing where nobody is asked */
    private static void holds(SimulatedHome home, Path out, Optional<String> said, Consumer<RootCeremony> how) {
        var hall = new Ceremony.Hall(
                new PrintWriter(Writer.nullWriter()), said.map(text -> new BufferedReader(new StringReader(text))));
        try (Core core =
                Core.open(home.means(), SettingsReader.read(home.means().home()), VaultListener.SILENT)) {
            var ceremony = new Ceremony(List.of("Ann", "Bo"), out, home.clock, hall);
            how.accept(new RootCeremony(core, ceremony, ROOT, "1.2.3"));
        }
    }

    private static List<IssuerRecord.State> states(SimulatedHome home) {
        return states(home, "root");
    }

    private static List<IssuerRecord.State> states(SimulatedHome home, String name) {
        try (Core core =
                Core.open(home.means(), SettingsReader.read(home.means().home()), VaultListener.SILENT)) {
            assertThat(core.vault().list().stream()
                            .filter(key -> key.uri().object().orElse("").startsWith("issuer-" + name)))
                    .hasSize((int) core.authorities().all().stream()
                            .filter(record ->
                                    record.generation().issuer().value().equals(name))
                            .count());
            return core.authorities().all().stream()
                    .filter(record -> record.generation().issuer().value().equals(name))
                    .map(IssuerRecord::state)
                    .toList();
        }
    }

    private static String record(Path out) throws IOException {
        var verdict = SignedStatement.verify(Files.readAllBytes(out.resolve("record.der")), Optional.empty());
        assertThat(verdict).isInstanceOf(SignedStatement.Verdict.Genuine.class);
        return new String(((SignedStatement.Verdict.Genuine) verdict).content(), StandardCharsets.UTF_8);
    }

    private static String hash(Path file) throws IOException {
        return dev.nameplate.ca.pki.Sha256.of(Files.readAllBytes(file)).toString();
    }
}
