package dev.nameplate.ca.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ServerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderIT {
    private static final HomeSettings.Token TOKEN =
            new HomeSettings.Token("/usr/lib/softhsm/libsofthsm2.so", "nameplate", "secrets/token.pin");

    private static final String LDEVID_KEYS = "keys: [ec-p256, ec-p384, rsa-2048, rsa-3072, rsa-4096, ed25519]";

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
    void readsWhichKeysAreMadeForDevices() throws IOException {
        change(
                LDEVID_KEYS,
                "keys: { allowed: [ec-p256], server-made: { key: ec-p256, delivery: [sealed], again: PT10M } }");

        Settings settings = SettingsReader.read(home);

        var keys = settings.profiles().named(new ProfileName("ldevid")).keys();
        assertThat(keys.allowed()).containsExactly(KeyAlgorithm.EC_P256);
        assertThat(keys.serverMade())
                .contains(new ServerKeys(
                        KeyAlgorithm.EC_P256, Set.of(ServerKeys.Delivery.SEALED), Duration.ofMinutes(10)));
        assertThat(settings.labels())
                .hasEntrySatisfying(
                        LabelName.NONE,
                        label -> assertThat(label.options().makesKeys()).isTrue());
        assertThat(settings.profiles().named(new ProfileName("idevid")).keys().serverMade())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ key: ec-p384, delivery: [sealed] } | keys.server-made.key is not among keys.allowed",
                "{ key: ec-p256, delivery: [] } | keys.server-made.delivery is empty",
                "{ key: ec-p256, delivery: [open] } | open is not one of",
                "{ key: ec-p256, delivery: [clear], again: PT1M } | keys.server-made.again is for sealed keys alone",
                "{ key: ec-p256, delivery: [sealed], again: P8D } | keys.server-made.again is not between",
                "{ delivery: [sealed] } | keys.server-made.key: is missing",
                "{ key: ec-p256, delivery: [sealed], often: 3 } | keys.server-made.often: unknown key"
            })
    void refusesWrongWordsAboutKeysMadeForDevices(String made, String why) throws IOException {
        change(LDEVID_KEYS, "keys: { allowed: [ec-p256], server-made: " + made + " }");

        assertThatThrownBy(() -> SettingsReader.read(home)).hasMessageContaining(why);
    }

    @Test
    void wantsAProfileForTheSignatureUnderMadeKeysAndMessages() throws IOException {
        change("  messages:\n", "  other:\n");
        SettingsReader.read(home);
        change("    cmc: []", "    cmc: [holder]");
        assertThatThrownBy(() -> SettingsReader.read(home)).hasMessageContaining("profiles.messages: is missing");
        change("    cmc: [holder]", "    cmc: []");
        change(LDEVID_KEYS, "keys: { allowed: [ec-p256], server-made: { key: ec-p256, delivery: [sealed] } }");

        assertThatThrownBy(() -> SettingsReader.read(home)).hasMessageContaining("profiles.messages: is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csr-attributes: none | csr-attributes: some | csr-attributes is not one of",
                "linking: when-given | linking: maybe | linking is not one of",
                "cmc: [] | cmc: [anyone] | cmc: anyone is not one of",
                "decision: rules | decision: nobody | decision.by is not one of",
                "decision: rules | decision: {by: rules, on: [enrol]} | decision.on says on which requests",
                "decision: rules | decision: {by: operator, on: [all]} | decision.on: all is not one of"
            })
    void refusesWrongWordsAboutLabels(String from, String to, String why) throws IOException {
        change("    " + from, "    " + to);

        assertThatThrownBy(() -> SettingsReader.read(home)).hasMessageContaining(why);
    }

    @Test
    void readsWhoDecidesAndOnWhat() throws IOException {
        assertThat(decision()).isEqualTo(Decision.OF_THE_RULES);

        change("    decision: rules", "    decision: operator");
        assertThat(decision()).isEqualTo(new Decision(Decision.By.OPERATOR, Set.of(Purpose.ENROL)));

        change("    decision: operator", "    decision: {by: operator, on: [enrol, reenrol]}");
        assertThat(decision()).isEqualTo(new Decision(Decision.By.OPERATOR, Set.of(Purpose.ENROL, Purpose.REENROL)));
    }

    private Decision decision() {
        return requireNonNull(SettingsReader.read(home).labels().get(LabelName.NONE))
                .label()
                .terms()
                .decision();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lasts: P7D | lasts: P700D | approval.lasts is not between",
                "retry-most: PT1H | retry-most: PT1S | approval.retry-most is below",
                "max-waiting: 10000 | max-waiting: 3 | approval.max-waiting and approval.max-waiting-per-device"
            })
    void refusesWrongWordsAboutWaiting(String from, String to, String why) throws IOException {
        change("  " + from, "  " + to);

        assertThatThrownBy(() -> SettingsReader.read(home)).hasMessageContaining(why);
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
