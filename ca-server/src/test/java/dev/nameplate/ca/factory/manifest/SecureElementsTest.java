package dev.nameplate.ca.factory.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.factory.manifest.ManifestLine.Good;
import dev.nameplate.ca.factory.manifest.ManifestLine.Wrong;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests as a chip maker writes them, made here from the published list of their fields and signed with what every Java has. */
class SecureElementsTest {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final String NINE_OCTETS = "0123f1822c38dd7a01";

    private final Party maker =
            Recipe.leaf("CN=Log Signer 001,O=Example Silicon").selfSigned();
    private final KeyPair chip = p256();

    @ParameterizedTest
    @ValueSource(strings = {NINE_OCTETS, "01236b4ae2f2b4e1ee", "0123000000000000ee", "012394d2c9d8f31727"})
    void readsPartsByTheSerialNumberInTheirConfigurationZone(String uniqueId) throws Exception {
        ManifestLine line =
                read(element(uniqueId, uniqueId, payload(uniqueId, chip))).getFirst();

        assertThat(line).isInstanceOfSatisfying(Good.class, good -> {
            ManifestUnit unit = good.unit();
            assertThat(unit.id().value()).isEqualTo(uniqueId);
            assertThat(unit.key())
                    .isEqualTo(SubjectPublicKeyInfo.getInstance(chip.getPublic().getEncoded()));
            assertThat(unit.facts())
                    .containsEntry("model", "ATECC608B")
                    .containsEntry("partNumber", "ATECC608B-TNGTLSU")
                    .containsEntry("groupId", "359SCE55NV38H3CB");
        });
    }

    @Test
    void readsTheKeyOfTheSlotThatIsAskedFor() throws Exception {
        KeyPair second = p256();
        String payload = payload(NINE_OCTETS, chip)
                .replace("]},\"encryptedSecretKeySet\"", "," + jwk("2", second) + "]},\"encryptedSecretKeySet\"");

        List<ManifestLine> lines =
                read(new ElementSigners(List.of(maker.certificate()), "2"), element(NINE_OCTETS, NINE_OCTETS, payload));

        assertThat(lines)
                .singleElement()
                .isInstanceOfSatisfying(
                        Good.class,
                        good -> assertThat(good.unit().key())
                                .isEqualTo(SubjectPublicKeyInfo.getInstance(
                                        second.getPublic().getEncoded())));
    }

    @Test
    void takesNoPartThatIsLabelledAsAnother() throws Exception {
        assertThat(read(element("01236b4ae2f2b4e1ee", NINE_OCTETS, payload(NINE_OCTETS, chip))))
                .containsExactly(
                        new Wrong(1, "it is labelled 01236b4ae2f2b4e1ee outside and signed for " + NINE_OCTETS));
    }

    @Test
    void takesNoSecretKeysForADevicesOwn() throws Exception {
        String none = payload(NINE_OCTETS, chip).replace(jwk("0", chip), "");

        assertThat(read(element(NINE_OCTETS, NINE_OCTETS, none)))
                .containsExactly(new Wrong(1, "it has no key in slot 0"));
    }

    @Test
    void takesNoPointThatIsNotOnTheCurve() throws Exception {
        String wrong = payload(NINE_OCTETS, chip)
                .replace(
                        "\"y\":\"" + coordinate(point(chip).getW().getAffineY()),
                        "\"y\":\"" + coordinate(BigInteger.TWO));

        assertThat(read(element(NINE_OCTETS, NINE_OCTETS, wrong)))
                .singleElement()
                .isInstanceOf(Wrong.class);
    }

    @Test
    void seesOnePartTwice() throws Exception {
        String once = element(NINE_OCTETS, NINE_OCTETS, payload(NINE_OCTETS, chip));

        assertThat(read(once, once))
                .last()
                .isInstanceOfSatisfying(
                        Wrong.class, wrong -> assertThat(wrong.why()).contains(NINE_OCTETS, "came before"));
    }

    private String element(String outside, String uniqueId, String payload) throws GeneralSecurityException {
        assertThat(HexFormat.of().parseHex(uniqueId)).hasSize(9);
        String head = "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"kid\":\"" + URL.encodeToString(keyIdentifier())
                + "\",\"x5t#S256\":\""
                + URL.encodeToString(Sha256.of(maker.certificate().octets()).octets()) + "\"}";
        String signed = URL.encodeToString(head.getBytes(UTF_8)) + "." + URL.encodeToString(payload.getBytes(UTF_8));
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(maker.keys().getPrivate());
        signer.update(signed.getBytes(US_ASCII));
        return "{\"payload\":\"" + signed.split("\\.", 2)[1] + "\",\"protected\":\"" + signed.split("\\.", 2)[0]
                + "\",\"header\":{\"uniqueId\":\"" + outside + "\"},\"signature\":\""
                + URL.encodeToString(signer.sign()) + "\"}";
    }

    private byte[] keyIdentifier() {
        SubjectKeyIdentifier identifier =
                SubjectKeyIdentifier.fromExtensions(maker.certificate().parsed().getExtensions());
        return identifier == null ? new byte[0] : identifier.getKeyIdentifier();
    }

    private static String payload(String uniqueId, KeyPair key) {
        String organization =
                "{\"organizationName\":\"Example Silicon\",\"organizationalUnitName\":\"Secure Products\"}";
        return "{\"version\":1,\"model\":\"ATECC608B\",\"partNumber\":\"ATECC608B-TNGTLSU\",\"manufacturer\":"
                + organization
                + ",\"provisioner\":" + organization + ",\"distributor\":" + organization
                + ",\"groupId\":\"359SCE55NV38H3CB\",\"provisioningTimestamp\":\"2026-01-24T16:35:23.473Z\",\"uniqueId\":\""
                + uniqueId + "\",\"publicKeySet\":{\"keys\":[" + jwk("0", key)
                + "]},\"encryptedSecretKeySet\":{\"keys\":[{\"kid\":\"0\"}]},\"modelInfo\":{\"deviceRevision\":\"00006003\",\"publicData\":[]}}";
    }

    private static String jwk(String slot, KeyPair key) {
        return "{\"kid\":\"" + slot + "\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                + coordinate(point(key).getW().getAffineX()) + "\",\"y\":\""
                + coordinate(point(key).getW().getAffineY()) + "\"}";
    }

    private static ECPublicKey point(KeyPair key) {
        return (ECPublicKey) key.getPublic();
    }

    /** 32 octets, zeros in front. */
    private static String coordinate(BigInteger value) {
        byte[] octets = value.toByteArray();
        byte[] padded = new byte[32];
        byte[] last = Arrays.copyOfRange(octets, Math.max(0, octets.length - 32), octets.length);
        System.arraycopy(last, 0, padded, 32 - last.length, last.length);
        return URL.encodeToString(padded);
    }

    private List<ManifestLine> read(String... elements) throws IOException {
        return read(new ElementSigners(List.of(maker.certificate()), "0"), elements);
    }

    private static List<ManifestLine> read(ElementSigners signers, String... elements) throws IOException {
        List<ManifestLine> lines = new ArrayList<>();
        String file = "[" + String.join(",", elements) + "]";
        new SecureElementManifest(signers).read(new ByteArrayInputStream(file.getBytes(UTF_8)), lines::add);
        return lines;
    }

    private static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
