package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

class SubjectTemplateTest {
    @Test
    void putsTheMostSpecificNameLastInTheCertificate() throws UnfitValueException {
        X500Name name = filled("CN=${device.id},O=Example,C=DE", Map.of());

        assertThat(name).hasToString("C=DE,O=Example,CN=sensor-17");
    }

    @Test
    void letsNoValueAddAName() throws UnfitValueException {
        X500Name name = filled("CN=${device.site},O=Example", Map.of("site", "x,CN=admin+UID=root"));

        assertThat(name.getRDNs()).hasSize(2);
        assertThat(name.getRDNs(BCStyle.CN)[0].getFirst().getValue()).hasToString("x,CN=admin+UID=root");
    }

    @Test
    void readsNoVariableInAValue() throws UnfitValueException {
        X500Name name = filled("CN=${device.site}", Map.of("site", "${device.id} #04020102 \\$1"));

        assertThat(name.getRDNs(BCStyle.CN)[0].getFirst().getValue()).hasToString("${device.id} #04020102 \\$1");
    }

    @Test
    void readsNoEncodingInAValue() throws UnfitValueException {
        X500Name name = filled("CN=${device.site}", Map.of("site", "#0c0141"));

        assertThat(name.getRDNs(BCStyle.CN)[0].getFirst().getValue())
                .isInstanceOf(ASN1UTF8String.class)
                .hasToString("#0c0141");
    }

    @Test
    void writesCountryAndSerialNumberAsPrintableStrings() throws UnfitValueException {
        X500Name name = filled("CN=${device.id},serialNumber=${device.serial},C=DE", Map.of("serial", "SN-1"));

        assertThat(name.getRDNs(BCStyle.SERIALNUMBER)[0].getFirst().getValue()).isInstanceOf(ASN1PrintableString.class);
        assertThat(name.getRDNs(BCStyle.C)[0].getFirst().getValue()).isInstanceOf(ASN1PrintableString.class);
    }

    @Test
    void namesTheMissingAttribute() {
        assertThatThrownBy(() -> filled("CN=${device.serial}", Map.of())).hasMessage("device.serial");
    }

    @Test
    void refusesValuesThatDoNotFit() {
        assertThatThrownBy(() -> filled("CN=${device.x}", Map.of("x", "y".repeat(65))))
                .hasMessage("subject CN");
        assertThatThrownBy(() -> filled("CN=${device.x}", Map.of("x", "a\u0000b")))
                .hasMessage("subject CN");
        assertThatThrownBy(() -> filled("serialNumber=${device.x}", Map.of("x", "ü")))
                .hasMessageStartingWith("subject SERIALNUMBER");
    }

    @Test
    void refusesUnknownVariables() {
        assertThatThrownBy(() -> SubjectTemplate.parse("CN=${nobody}")).hasMessageContaining("unknown variable");
        assertThatThrownBy(() -> SubjectTemplate.parse("CN=${DEVICE}")).hasMessageContaining("not written ${name}");
    }

    private static X500Name filled(String template, Map<String, String> attributes) throws UnfitValueException {
        return SubjectTemplate.parse(template).with(Variables.ofDevice("sensor-17", attributes));
    }
}
