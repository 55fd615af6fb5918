package dev.nameplate.ca.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.testkit.Recipe;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcspRequestTest {
    private static final BigInteger SERIAL = new BigInteger("f1e2d3c4b5a69788796a5b4c3d2e1f00", 16);
    private static final ASN1ObjectIdentifier SOMETHING = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    private final CertificateDer issuer = Recipe.ca("CN=Devices").selfSigned().certificate();
    private final IssuerIds ids = IssuerIds.of(issuer);

    private Asked asked() {
        return Asked.about(Asked.SHA256, issuer, SERIAL);
    }

    @Test
    void readsWhatClientsAsk() {
        for (ASN1ObjectIdentifier hash : new ASN1ObjectIdentifier[] {Asked.SHA1, Asked.SHA256}) {
            OcspRequest request =
                    OcspRequest.parse(Asked.about(hash, issuer, SERIAL).octets());

            assertThat(request.isPlain()).isTrue();
            assertThat(ids.areIn(request.ids().getFirst())).isTrue();
            assertThat(request.ids().getFirst().serial()).contains(new SerialNumber(SERIAL));
            assertThat(ids.of(new SerialNumber(SERIAL))).contains(request.ids().getFirst());
        }
    }

    @Test
    void tellsIssuersApart() {
        CertificateDer sameName = Recipe.ca("CN=Devices").selfSigned().certificate();

        assertThat(ids.areIn(id(Asked.about(Asked.SHA1, sameName, SERIAL)))).isFalse();
    }

    @Test
    void readsSeveralCertificatesANonceAndASignatureThatItDoesNotLookAt() throws Exception {
        var keys = Recipe.ca("CN=client").selfSigned();
        byte[] signed = asked().and(Asked.SHA1, issuer, BigInteger.TEN)
                .nonce(32)
                .builder()
                .setRequestorName(new GeneralName(new X500Name("CN=client")))
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(keys.keys().getPrivate()),
                        new X509CertificateHolder[] {keys.certificate().parsed()})
                .getEncoded();

        OcspRequest request = OcspRequest.parse(signed);

        assertThat(request.ids()).hasSize(2);
        assertThat(request.nonce().orElseThrow().octets()).hasSize(32);
        assertThat(request.isPlain()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 128})
    void takesNoncesOfTheStandard(int octets) {
        assertThat(OcspRequest.parse(asked().nonce(octets).octets())
                        .nonce()
                        .orElseThrow()
                        .octets())
                .hasSize(octets);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129, 4096})
    void refusesOtherNonces(int octets) {
        refuses(asked().nonce(octets).octets(), "a nonce has 1 to 128 octets");
    }

    @Test
    void refusesTwoNoncesAndCriticalExtensionsItDoesNotKnow() {
        refuses(asked().nonce(8).nonce(8).octets(), "two nonces");
        refuses(asked().extension(SOMETHING, true, new byte[1]).octets(), "critical");
        assertThat(OcspRequest.parse(
                                asked().extension(SOMETHING, false, new byte[1]).octets())
                        .isPlain())
                .isTrue();
    }

    @Test
    void answersForTwentyCertificatesAndNoMore() {
        Asked asked = asked();
        for (int i = 1; i < OcspRequest.MOST_IDS; i++) {
            asked.and(Asked.SHA1, issuer, BigInteger.valueOf(i));
        }

        assertThat(OcspRequest.parse(asked.octets()).ids()).hasSize(OcspRequest.MOST_IDS);
        refuses(asked.and(Asked.SHA1, issuer, SERIAL).octets(), "more than 20 certificates");
    }

    /** However many follow, it is the first too many that ends it. */
    @Test
    void refusesTenThousandCertificates() {
        Asked asked = asked();
        for (int i = 1; i < 10_000; i++) {
            asked.and(Asked.SHA1, issuer, BigInteger.valueOf(i));
        }
        byte[] many = asked.octets();
        assertThat(many.length).isGreaterThan(500_000);

        refuses(many, "more than 20 certificates");
    }

    @Test
    void takesAHashItDoesNotKnowForThatOfNobodyHere() {
        CertId id = id(Asked.about(NISTObjectIdentifiers.id_sha512, issuer, SERIAL));

        assertThat(id.form()).isEmpty();
        assertThat(ids.areIn(id)).isFalse();
        assertThat(id.serial()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-80", "800000000000000000000000000000000000000000"})
    void knowsThatSomeNumbersAreNobodysSerial(String serial) {
        assertThat(id(Asked.about(Asked.SHA256, issuer, new BigInteger(serial, 16)))
                        .serial())
                .isEmpty();
    }

    @Test
    void refusesASerialThatGoesOnForEver() {
        refuses(Asked.about(Asked.SHA1, issuer, BigInteger.ONE.shiftLeft(300)).octets(), "more than 32 octets");
    }

    @Test
    void keepsTheWayAHashIsWritten() {
        byte[] withNull = asked().octets();
        int algorithm = HexFormat.of().formatHex(withNull).indexOf("300b0609608648016503040201") / 2;
        assertThat(algorithm).as("Bouncy Castle leaves the parameters out").isPositive();
        assertThat(ids.of(new SerialNumber(SERIAL))).hasSize(4).doesNotHaveDuplicates();
        assertThat(new AlgorithmIdentifier(Asked.SHA256, DERNull.INSTANCE)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "30",
                "3000",
                "3080",
                "30800000",
                "300230 00",
                "3002300000",
                "30043002300000",
                "30043002 3000",
                "3005 3003a0 0130",
                "308400000000",
                "3081053003020100",
                "30060404deadbeef"
            })
    void refusesWhatIsNoRequest(String hex) {
        assertThatThrownBy(() -> OcspRequest.parse(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .isInstanceOf(MalformedOcspRequestException.class);
    }

    @Test
    void refusesEveryRequestThatIsCutOffOrHasSomethingAfterIt() {
        byte[] whole = asked().nonce(16).octets();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> OcspRequest.parse(part)).isInstanceOf(MalformedOcspRequestException.class);
        }
        refuses(Arrays.copyOf(whole, whole.length + 1), "something follows");
    }

    @Test
    void survivesWhateverIsWrong() {
        Random random = new Random(7);
        byte[] whole = asked().and(Asked.SHA1, issuer, BigInteger.TWO).nonce(16).octets();
        int understood = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            try {
                OcspRequest.parse(broken);
                understood++;
            } catch (MalformedOcspRequestException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
        assertThat(understood).isPositive();
    }

    private static CertId id(Asked asked) {
        return OcspRequest.parse(asked.octets()).ids().getFirst();
    }

    private static void refuses(byte[] request, String why) {
        assertThatThrownBy(() -> OcspRequest.parse(request))
                .isInstanceOf(MalformedOcspRequestException.class)
                .hasMessageContaining(why);
    }
}
