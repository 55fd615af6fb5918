package dev.nameplate.ca.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderIT {
    private static final HomeSettings.Token TOKEN =
            new HomeSettings.Token("/usr/lib/softhsm/libsofthsm2.so", "nameplate", "secrets/token.pin");

    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void newHome() throws IOException {
        home = new Home(directory);
        Files.writeString(home.settings(), fresh(HomeSettings.Root.OWN).text());
    }

    @Test
    void readsWhatInitWrites() {
        Settings settings = SettingsReader.read(home);

        assertThat(settings.doors().device().listener().port()).isEqualTo(8443);
        assertThat(settings.issuers())
                .extracting(issuer -> issuer.name().value())
                .contains("root", "devices", "factory");
        assertThat(settings.profiles().find(new ProfileName("idevid"))).isPresent();
        assertThat(settings.labels()).containsKey(LabelName.NONE);
    }

    @Test
    void theSampleIsWhatInitWrites() throws IOException {
        assertThat(Path.of("../src/settings/nameplate.yaml"))
                .hasContent(fresh(HomeSettings.Root.OWN).text());
    }

    @Test
    void readsSettingsForARootElsewhere() throws IOException {
        Files.writeString(home.settings(), fresh(HomeSettings.Root.EXTERNAL).text());

        assertThat(SettingsReader.read(home).issuers())
                .extracting(issuer -> issuer.name().value())
                .containsExactlyInAnyOrder("devices", "factory");
    }

    @Test
    void saysEverythingThatIsWrongAtOnceEachByItsPath() throws IOException {
        change("    port: 8443", "    port: eight\n    portt: 1");
        change("key: ec-p384", "key: ec-p999");
        change("{ lasts: P90D, jitter: P3D }", "{ lasts: P90Y }");
        change("  label: nameplate\n", "");

        assertThatThrownBy(() -> SettingsReader.read(home))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .anyMatch(problem -> problem.startsWith("doors.device.port: is eight"))
                                .contains("doors.device.portt: unknown key")
                                .anyMatch(problem -> problem.startsWith("issuers.root: key is not one of"))
                                .anyMatch(problem -> problem.startsWith("profiles.gateway-tls: validity.lasts"))
                                .contains("token.label: is missing"));
    }

    @Test
    void refusesALabelNamedLikeAnOperation() throws IOException {
        change("  one-line:", "  cacerts:");

        assertThatThrownBy(() -> SettingsReader.read(home)).hasMessageContaining("labels.cacerts");
    }

    @Test
    void refusesAProfileOfAnUnknownIssuer() throws IOException {
        change("    issuer: factory", "    issuer: nowhere");

        assertThatThrownBy(() -> SettingsReader.read(home))
                .hasMessageContaining("profiles.idevid.issuer: nowhere is not among issuers");
    }

    @Test
    void saysWhereItIsNotYaml() throws IOException {
        Files.writeString(home.settings(), "doors: [");

        assertThatThrownBy(() -> SettingsReader.read(home)).hasMessageContaining("line");
    }

    private void change(String from, String to) throws IOException {
        String text = Files.readString(home.settings());
        assertThat(text).contains(from);
        Files.writeString(home.settings(), text.replace(from, to));
    }

    private static HomeSettings fresh(HomeSettings.Root root) {
        return new HomeSettings("Nameplate", 0, List.of("localhost", "127.0.0.1"), TOKEN, Optional.empty(), root);
    }
}
