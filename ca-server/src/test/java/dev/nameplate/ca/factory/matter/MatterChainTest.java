package dev.nameplate.ca.factory.matter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.lint.MatterRules.Kind;
import dev.nameplate.ca.pki.NameStyle;
import dev.nameplate.ca.testkit.Party;
import java.time.Instant;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatterChainTest {
    private static final Party PAA = MatterRecipe.paa().selfSigned();
    private static final Party PAI = MatterRecipe.pai().by(PAA);

    @Test
    void findsNothingWrongWithARightChain() {
        assertThat(chain(MatterRecipe.dac().by(PAI)).findings()).isEmpty();
    }

    @Test
    void findsNothingWrongWithAuthoritiesOfOneVendorAndOneProduct() {
        Party paa = MatterRecipe.paa().subject("CN=Own PAA,VID=FFF1").selfSigned();
        Party pai = MatterRecipe.pai().subject("CN=Own PAI,VID=FFF1,PID=8000").by(paa);

        assertThat(new MatterChain(MatterRecipe.dac().by(pai).certificate(), pai.certificate(), paa.certificate())
                        .findings())
                .isEmpty();
    }

    @Test
    void findsNothingWrongWithTheOlderWayOfWritingIds() {
        Party pai = MatterRecipe.pai().subject("CN=Old PAI Mvid:FFF1").by(PAA);
        Party dac = MatterRecipe.dac().subject("CN=Old DAC Mvid:FFF1 Mpid:8000").by(pai);
        MatterChain chain = new MatterChain(dac.certificate(), pai.certificate(), PAA.certificate());

        assertThat(chain.findings()).isEmpty();
        assertThat(chain.ids().vendor()).contains("FFF1");
        assertThat(chain.ids().inCommonName()).isTrue();
    }

    @Test
    void doesNotMindThatTheAuthoritiesExpiredSince() {
        Party paa =
                MatterRecipe.paa().lasting(at("2020-01-01"), at("2021-01-01")).selfSigned();
        Party pai =
                MatterRecipe.pai().lasting(at("2020-01-01"), at("2021-01-01")).by(paa);
        Party dac =
                MatterRecipe.dac().lasting(at("2020-06-01"), at("2040-01-01")).by(pai);
        Party late =
                MatterRecipe.dac().lasting(at("2021-06-01"), at("2040-01-01")).by(pai);

        assertThat(new MatterChain(dac.certificate(), pai.certificate(), paa.certificate()).findings())
                .isEmpty();
        assertThat(new MatterChain(late.certificate(), pai.certificate(), paa.certificate()).findings())
                .containsExactlyInAnyOrder(
                        "Matter PAI: is not valid when the device's certificate begins",
                        "Matter PAA: is not valid when the device's certificate begins");
    }

    static Stream<Arguments> wrongDevices() {
        MatterRecipe dac = MatterRecipe.dac();
        return Stream.of(
                Arguments.of("keyUsage is not exactly", dac.usage(KeyUsage.digitalSignature | KeyUsage.cRLSign)),
                Arguments.of("keyUsage is not exactly", dac.usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)),
                Arguments.of("keyUsage is not exactly", dac.usage(KeyUsage.keyAgreement)),
                Arguments.of(
                        "keyUsage is not critical",
                        dac.with(Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature))),
                Arguments.of("keyUsage is missing", dac.without(Extension.keyUsage)),
                Arguments.of("basicConstraints is missing", dac.without(Extension.basicConstraints)),
                Arguments.of(
                        "basicConstraints is not critical",
                        dac.with(Extension.basicConstraints, false, new BasicConstraints(false))),
                Arguments.of("basicConstraints says CA:TRUE", dac.constraints(new BasicConstraints(true))),
                Arguments.of("subjectKeyIdentifier is missing", dac.without(Extension.subjectKeyIdentifier)),
                Arguments.of("authorityKeyIdentifier is missing", dac.without(Extension.authorityKeyIdentifier)),
                Arguments.of("subject has no VID", dac.subject("CN=x,PID=8000")),
                Arguments.of("subject has no PID", dac.subject("CN=x,VID=FFF1")),
                Arguments.of("VID is not the issuer's", dac.subject("CN=x,VID=FFF2,PID=8000")),
                Arguments.of("VID is not four upper-case", dac.subject("CN=x,VID=fff1,PID=8000")),
                Arguments.of("PID is not four upper-case", dac.subject("CN=x,VID=FFF1,PID=08000")),
                Arguments.of("VID is not four upper-case", dac.subject(printableVendor())),
                Arguments.of("VID is there 2 times", dac.subject("CN=x,VID=FFF1,VID=FFF1,PID=8000")),
                Arguments.of("key is not on P-256", dac.curve("secp384r1")),
                Arguments.of("signature algorithm is not ECDSA with SHA-256", dac.signature("SHA384withECDSA")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongDevices")
    void findsWhatIsWrongWithADevicesCertificate(String finding, MatterRecipe wrong) {
        assertThat(MatterChain.of(Kind.DAC, wrong.by(PAI).certificate()))
                .as("%s", finding)
                .anySatisfy(found -> assertThat(found).contains("Matter DAC").contains(finding));
        assertThat(chain(wrong.by(PAI)).findings()).isNotEmpty();
    }

    static Stream<Arguments> wrongAuthorities() {
        MatterRecipe pai = MatterRecipe.pai();
        MatterRecipe paa = MatterRecipe.paa();
        return Stream.of(
                Arguments.of(Kind.PAI, "pathLenConstraint is not 0", pai.constraints(new BasicConstraints(1))),
                Arguments.of(Kind.PAI, "pathLenConstraint is not 0", pai.constraints(new BasicConstraints(true))),
                Arguments.of(Kind.PAI, "basicConstraints says CA:FALSE", pai.constraints(new BasicConstraints(false))),
                Arguments.of(Kind.PAI, "keyUsage is not exactly", pai.usage(KeyUsage.keyCertSign)),
                Arguments.of(Kind.PAI, "subject has no VID", pai.subject("CN=x")),
                Arguments.of(Kind.PAA, "pathLenConstraint is not 1", paa.constraints(new BasicConstraints(0))),
                Arguments.of(Kind.PAA, "subject has a PID", paa.subject("CN=x,VID=FFF1,PID=8000")),
                Arguments.of(
                        Kind.PAA,
                        "keyUsage is not exactly",
                        paa.usage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongAuthorities")
    void findsWhatIsWrongWithAnAuthority(Kind kind, String finding, MatterRecipe wrong) {
        Party made = kind == Kind.PAA ? wrong.selfSigned() : wrong.by(PAA);

        assertThat(MatterChain.of(kind, made.certificate()))
                .anySatisfy(found -> assertThat(found).contains(finding));
    }

    @Test
    void findsThatAnAuthorityOfOneVendorCertifiedAnother() {
        Party paa = MatterRecipe.paa().subject("CN=Own PAA,VID=FFF2").selfSigned();

        assertThat(MatterChain.of(Kind.PAI, MatterRecipe.pai().by(paa).certificate()))
                .containsExactly("Matter PAI: VID is not the issuer's");
    }

    @Test
    void findsThatTheAuthorityOfOneProductCertifiedAnother() {
        Party pai = MatterRecipe.pai().subject("CN=x,VID=FFF1,PID=8001").by(PAA);

        assertThat(MatterChain.of(Kind.DAC, MatterRecipe.dac().by(pai).certificate()))
                .containsExactly("Matter DAC: PID is not the issuer's");
    }

    @Test
    void findsAForgedSignature() {
        Party sameName = MatterRecipe.pai().by(PAA);

        assertThat(chain(MatterRecipe.dac().by(sameName)).findings())
                .containsExactlyInAnyOrder(
                        "Matter DAC: authorityKeyIdentifier is not of the certificate above it",
                        "Matter DAC: signature is not by the certificate above it");
    }

    @Test
    void leavesOpenWhatNobodySaysAboutExtendedKeyUsage() {
        MatterRecipe present = MatterRecipe.dac()
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));

        assertThat(chain(present.by(PAI)).findings()).isEmpty();
    }

    private static X500Name printableVendor() {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, "x")
                .addRDN(NameStyle.VENDOR_ID, new DERPrintableString("FFF1"))
                .addRDN(NameStyle.PRODUCT_ID, new DERUTF8String("8000"))
                .build();
    }

    private static MatterChain chain(Party device) {
        return new MatterChain(device.certificate(), PAI.certificate(), PAA.certificate());
    }

    private static Instant at(String day) {
        return Instant.parse(day + "T00:00:00Z");
    }
}
