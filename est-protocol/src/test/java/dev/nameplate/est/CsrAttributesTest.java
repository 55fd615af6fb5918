package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.util.ASN1Dump;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrAttributesTest {
    private static final ASN1ObjectIdentifier ECDSA_SHA384 = new ASN1ObjectIdentifier("1.2.840.10045.4.3.3");
    private static final Extension KEY_USAGE =
            new Extension(Extension.keyUsage, true, new DEROctetString(Hex.decode("03020780")));

    @Test
    void writesOidsAndAttributesAsRfc9908Corrects() {
        var asked = new CsrAttributes(
                List.of(CsrAttributes.CHALLENGE_PASSWORD, ECDSA_SHA384),
                Optional.of(KeyWish.ec(SECObjectIdentifiers.secp384r1)),
                List.of(KEY_USAGE),
                Optional.empty());

        assertThat(hex(asked))
                .isEqualTo(
                        "304a06092a864886f70d01090706082a8648ce3d040303301206072a8648ce3d0201310706052b81040022301f06092a864886f70d01090e31123010300e0603551d0f0101ff040403020780");
    }

    @Test
    void writesTheSizeOfAnRsaKeyAsANumberAndAnyKeyOfATypeAsAnEmptySet() {
        assertThat(hex(key(KeyWish.rsa(3072)))).isEqualTo("3013301106092a864886f70d010101310402020c00");
        assertThat(hex(key(KeyWish.ed25519()))).isEqualTo("3009300706032b65703100");
    }

    /** A common name to fill in, a fixed unit, P-256. */
    @Test
    void writesTheTemplateInItsTags() {
        var template = new CsrTemplate(
                List.of(
                        new CsrTemplate.Name(BCStyle.CN, Optional.empty()),
                        new CsrTemplate.Name(BCStyle.OU, Optional.of(new DERUTF8String("u")))),
                Optional.of(KeyWish.ec(SECObjectIdentifiers.secp256r1)),
                List.of(),
                List.of());

        assertThat(hex(template(template)))
                .isEqualTo(
                        "30463044060b2a864886f70d010910023d313530330201003015310730050603550403310a3008060355040b0c0175a015301306072a8648ce3d020106082a8648ce3d030107a100");
    }

    static Stream<CsrAttributes> messages() {
        var blank = new CsrTemplate.WantedExtension(Extension.subjectAlternativeName, false, Optional.empty());
        var name = new CsrTemplate.Name(BCStyle.CN, Optional.empty());
        var fixed = new CsrTemplate.Name(BCStyle.O, Optional.of(new DERUTF8String("Example")));
        return Stream.of(
                key(KeyWish.rsa(4096)),
                key(KeyWish.ed25519()),
                template(new CsrTemplate(List.of(), Optional.empty(), List.of(), List.of())),
                template(new CsrTemplate(
                        List.of(name, fixed),
                        Optional.of(KeyWish.rsa(2048)),
                        List.of(CsrTemplate.WantedExtension.of(KEY_USAGE), blank),
                        List.of(CsrAttributes.CHALLENGE_PASSWORD))),
                template(new CsrTemplate(
                        List.of(name),
                        Optional.of(KeyWish.ed25519()),
                        List.of(CsrTemplate.WantedExtension.of(KEY_USAGE)),
                        List.of())));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsWhatItWrites(CsrAttributes asked) {
        byte[] der = asked.encode();

        assertThat(CsrAttributes.parse(der).encode()).isEqualTo(der);
    }

    @Test
    void usesTheTemplateOfExtensionsOnlyForBlanks() throws Exception {
        var whole = CsrTemplate.WantedExtension.of(KEY_USAGE);
        var blank = new CsrTemplate.WantedExtension(Extension.subjectAlternativeName, false, Optional.empty());

        assertThat(dump(List.of(whole))).contains("1.2.840.113549.1.9.14").doesNotContain("1.2.840.113549.1.9.16.2.62");
        assertThat(dump(List.of(whole, blank)))
                .contains("1.2.840.113549.1.9.16.2.62")
                .doesNotContain("1.2.840.113549.1.9.14)");
    }

    @Test
    void showsTheSizeOfAnRsaKeyByAPlaceholder() {
        var template = new CsrTemplate(List.of(), Optional.of(KeyWish.rsa(3072)), List.of(), List.of());

        var read = CsrAttributes.parse(template(template).encode()).template().orElseThrow();

        assertThat(read.key().orElseThrow().rsaBits()).hasValue(3072);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing at all
                "3000ff", // more behind it
                "3100", // a SET
                "3003020101", // a number among the elements
                "300b300906032b657031020500", // a value that does not fit the key type
                "3018301606092a864886f70d01090e310906072b060101010116", // RFC 7030's own wrong example
                "30153013060b2a864886f70d010910023d310430020500", // a template without version
                "3013301106092a864886f70d010101310402020c", // cut short
                "3080", // BER
            })
    void refusesWhatIsNoCsrAttrs(String hex) {
        assertThatThrownBy(() -> CsrAttributes.parse(Hex.decode(hex))).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesATemplateOfAnotherVersion() {
        byte[] der = template(new CsrTemplate(List.of(), Optional.empty(), List.of(), List.of()))
                .encode();
        byte[] other = der.clone();
        other[der.length - 3] = 1;
        assertThat(CsrAttributes.parse(der).template()).isPresent();

        assertThatThrownBy(() -> CsrAttributes.parse(other)).hasMessageContaining("version");
    }

    @Test
    void survivesEveryChangedByte() {
        byte[] good = messages().skip(3).findFirst().orElseThrow().encode();
        for (int i = 0; i < good.length; i++) {
            for (int change : new int[] {0x01, 0x80, 0xff}) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) change;
                readOrRefuse(bad);
            }
        }
    }

    private static void readOrRefuse(byte[] der) {
        try {
            assertThat(CsrAttributes.parse(der)).isNotNull();
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    private static String dump(List<CsrTemplate.WantedExtension> extensions) throws Exception {
        var template = new CsrTemplate(List.of(), Optional.empty(), extensions, List.of());
        return ASN1Dump.dumpAsString(
                ASN1Primitive.fromByteArray(template(template).encode()));
    }

    private static CsrAttributes key(KeyWish wish) {
        return new CsrAttributes(List.of(), Optional.of(wish), List.of(), Optional.empty());
    }

    private static CsrAttributes template(CsrTemplate template) {
        return new CsrAttributes(List.of(), Optional.empty(), List.of(), Optional.of(template));
    }

    private static String hex(CsrAttributes asked) {
        return Hex.toHexString(asked.encode());
    }
}
