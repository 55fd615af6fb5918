package dev.nameplate.ca.factory.matter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.testkit.Party;
import java.net.URI;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RevocationEntryTest {
    private static final URI CRL = URI.create("http://ca.example.com/crl/matter-pai.crl");

    private final Party paa = MatterRecipe.paa().selfSigned();
    private final CertificateDer pai =
            MatterRecipe.pai().subject("CN=x,VID=FFF1,PID=8000").by(paa).certificate();

    @Test
    void namesTheCrlOfAnIntermediate() {
        RevocationEntry entry = new RevocationEntry(pai, "sensors", CRL, 0xFFF1);

        JsonNode json = JsonMapper.shared().readTree(entry.json());

        assertThat(json.path("vid").asInt(0)).isEqualTo(65521);
        assertThat(json.path("pid").asInt(0)).isEqualTo(32768);
        assertThat(json.path("isPAA").asBoolean(true)).isFalse();
        assertThat(json.path("issuerSubjectKeyID").asString("")).matches("[0-9A-F]{40}");
        assertThat(json.path("dataURL").asString("")).isEqualTo(CRL.toString());
        assertThat(json.path("revocationType").asInt(0)).isEqualTo(1);
        assertThat(json.has("dataDigest") || json.has("dataFileSize")).isFalse();
        assertThat(entry.command("pai.pem"))
                .startsWith("dcld tx pki add-revocation-point --vid=65521 --pid=32768 --is-paa=false");
    }

    @Test
    void namesTheCrlOfARootForAnyVendor() {
        assertThat(new RevocationEntry(paa.certificate(), "root", CRL, 1).json())
                .contains("\"isPAA\" : true");
    }

    @Test
    void knowsTheVendorFromTheIssuersName() {
        assertThat(RevocationEntry.vendorOf(pai)).contains(65521);
        assertThat(RevocationEntry.vendorOf(
                        MatterRecipe.paa().subject("CN=y").selfSigned().certificate()))
                .isEmpty();
    }

    @Test
    void refusesWhatTheLedgerWouldRefuse() {
        assertThatThrownBy(() -> new RevocationEntry(pai, "sensors", CRL, 0xFFF2))
                .hasMessageContaining("65521");
        assertThatThrownBy(() -> new RevocationEntry(pai, "", CRL, 0xFFF1)).hasMessageContaining("label");
        assertThatThrownBy(() -> new RevocationEntry(pai, "x", URI.create("ldap://a"), 0xFFF1))
                .hasMessageContaining("URL");
        assertThatThrownBy(() ->
                        new RevocationEntry(MatterRecipe.dac().selfSigned().certificate(), "x", CRL, 0xFFF1))
                .hasMessageContaining("CA");
    }
}
