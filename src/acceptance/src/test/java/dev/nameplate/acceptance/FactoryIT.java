package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A station's and an office's day, as they type it. */
@ExtendWith(Product.Shared.class)
final class FactoryIT {
    private final ProductHome home;

    FactoryIT(Product product) {
        this.home = product.home();
    }

    @Test
    void anInjectedKeyOpensSignsAndMatchesItsCertificateUntilItsBatchIsClosed() throws Exception {
        station("injector");
        office(
                "batch",
                "create",
                "WO-inject",
                "--product",
                "P",
                "--profile",
                "idevid",
                "--quota",
                "2",
                "--keys",
                "injected",
                "--station",
                "injector");
        office(
                "batch",
                "create",
                "WO-open",
                "--product",
                "P",
                "--profile",
                "idevid",
                "--quota",
                "1",
                "--keys",
                "injected",
                "--station",
                "injector");
        Path out = home.scratch().resolve("injected.pem");
        Path key = home.scratch().resolve("injected.der");

        at(
                "injector",
                "station",
                "issue",
                "--batch",
                "WO-inject",
                "--unit",
                "inj-1",
                "--out",
                out.toString(),
                "--open-key",
                key.toString(),
                "--esp",
                home.scratch().resolve("esp").toString());

        Path esp = home.scratch().resolve("esp").resolve("inj-1");
        assertThat(esp.resolve("esp_secure_cert.csv"))
                .content()
                .contains("ESP_SECURE_CERT_PRIV_KEY_TLV,0,key.der,file,plaintext,ECDSA,256,,");
        assertThat(esp.resolve("key.der")).hasSameBinaryContentAs(key);
        X509Certificate certificate = certificate(out);
        assertThat(esp.resolve("device.der")).hasBinaryContent(certificate.getEncoded());
        PrivateKey opened =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(key)));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(opened);
        signer.update(Files.readAllBytes(out.resolveSibling("injected.pem.to-sign")));
        Path signature = home.scratch().resolve("injected.sig");
        Files.write(signature, signer.sign());
        assertThat(certificate.getSubjectX500Principal().getName()).contains("CN=inj-1");
        at("injector", "station", "report", "--batch", "WO-inject", "--unit", "inj-1", "--written");
        at(
                "injector",
                "station",
                "report",
                "--batch",
                "WO-inject",
                "--unit",
                "inj-1",
                "--signature",
                signature.toString());

        Path record = home.scratch().resolve("inject-closing.pem");
        office("batch", "close", "WO-inject", "--out", record.toString());
        JsonNode said = JsonMapper.shared().readTree(office("audit", "verify", "--file", record.toString(), "--json"));
        assertThat(said.at("/record/outcomes/closed").asInt()).isEqualTo(1);
        assertThat(said.at("/record/keys/keyEncryptionKeys/0/destruction/foundAfterwards")
                        .asInt(-1))
                .isZero();
        Program.Ended after = home.nameplate(
                "--operator",
                "injector",
                "station",
                "issue",
                "--batch",
                "WO-inject",
                "--unit",
                "inj-2",
                "--out",
                out.toString());
        assertThat(after.exit()).isEqualTo(1);
        at("injector", "station", "issue", "--batch", "WO-open", "--unit", "inj-3", "--out", out.toString());
        assertThat(JsonMapper.shared()
                        .readTree(at("injector", "station", "status", "injector", "--json"))
                        .path("inHand"))
                .as("neither what is over nor what was refused")
                .singleElement()
                .extracting(unit ->
                        unit.path("unit").asString() + " " + unit.path("step").asString())
                .isEqualTo("inj-3 delivered");
    }

    @Test
    void aHarvestedDeviceEnrolsWithTheKeyThatWasReadAndNoOther() throws Exception {
        office(
                "batch",
                "create",
                "WO-harvest",
                "--product",
                "P",
                "--profile",
                "ldevid",
                "--quota",
                "5",
                "--keys",
                "harvested");
        Path key = home.scratch().resolve("harvested.key");
        Program openssl = new Program(home.scratch(), Map.of());
        openssl.run(
                        "openssl",
                        "genpkey",
                        "-algorithm",
                        "EC",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-out",
                        key.toString())
                .requireDone();
        String spki = openssl.run("openssl", "pkey", "-in", key.toString(), "-pubout")
                .requireDone()
                .out()
                .replaceAll("-----[A-Z ]+-----|\\s", "");
        Path manifest = home.scratch().resolve("harvest.csv");
        Files.writeString(
                manifest, "\uFEFFid,key,Chip model\r\nharvest-1," + spki + ",\"X, 2\"\r\nharvest-1," + spki + ",\r\n");

        Program.Ended harvested = home.nameplate("batch", "harvest", "WO-harvest", "--file", manifest.toString());

        assertThat(harvested.out()).contains("1 keys are on record, 1 are refused", "line 3");
        assertThat(office("device", "show", "harvest-1", "--json")).contains("\"chip-model\":\"X, 2\"");
        String code = JsonMapper.shared()
                .readTree(office("code", "create", "harvest-1", "--json"))
                .path("code")
                .asString();
        Path certificate = home.scratch().resolve("harvested.pem");
        Program.Ended other = home.nameplate(
                "est",
                "enroll",
                "--user",
                "harvest-1",
                "--code",
                code,
                "--key",
                home.scratch().resolve("other.key").toString(),
                "--out",
                certificate.toString());
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err()).contains("the factory read another key");
        home.nameplate(
                        "est",
                        "enroll",
                        "--user",
                        "harvest-1",
                        "--code",
                        code,
                        "--key",
                        key.toString(),
                        "--out",
                        certificate.toString())
                .requireDone();
    }

    @Test
    void aDisabledStationIsShutOutAtOnce() {
        station("closed-out");
        assertThat(at("closed-out", "station", "status", "closed-out")).contains("closed-out");

        office("station", "disable", "closed-out");
        Program.Ended after = home.nameplate("--operator", "closed-out", "station", "status", "closed-out");
        office("station", "enable", "closed-out");

        assertThat(after.exit()).isEqualTo(1);
        assertThat(at("closed-out", "station", "status", "closed-out")).contains("Plant 2");
    }

    @Test
    void aStationRenewsItself() throws Exception {
        station("renewing");
        Path identity = home.path().resolve("operators/renewing.pem");
        byte[] before = Files.readAllBytes(identity);

        office("station", "enrol", "renewing");

        assertThat(Files.readAllBytes(identity)).isNotEqualTo(before);
        assertThat(at("renewing", "station", "status", "renewing")).contains("renewing");
    }

    private void station(String name) {
        JsonNode added = JsonMapper.shared().readTree(office("station", "add", name, "--site", "Plant 2", "--json"));
        office("station", "enrol", name, "--code", added.path("code").asString());
    }

    private String office(String... arguments) {
        return home.nameplate(arguments).requireDone().out();
    }

    private String at(String station, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--operator", station));
        all.addAll(List.of(arguments));
        return office(all.toArray(String[]::new));
    }

    private static X509Certificate certificate(Path pem) throws Exception {
        byte[] text = Files.readString(pem).getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(text));
    }
}
