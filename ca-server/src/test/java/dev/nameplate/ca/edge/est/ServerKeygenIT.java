package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.enrollment.Decryption;
import dev.nameplate.ca.enrollment.KeyDelivery;
import dev.nameplate.ca.enrollment.Recipient;
import dev.nameplate.ca.enrollment.ServerKeyRequest;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.est.DeliveredKey;
import java.io.IOException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST serverkeygen on the wire. */
class ServerKeygenIT {
    private static final String PATH = "/.well-known/est/keys/serverkeygen";
    private static final ASN1ObjectIdentifier SECRET = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.37");
    private static final ASN1ObjectIdentifier KEY = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.54");
    private static final ASN1ObjectIdentifier CAPABILITIES = new ASN1ObjectIdentifier("1.2.840.113549.1.9.15");
    private static final DEROctetString ID = new DEROctetString(new byte[] {0, -1});
    private static final DERSequence AES =
            new DERSequence(new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_CBC));
    private static final DERSequence DES =
            new DERSequence(new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.14.3.2.7")));

    private final EstDoor est = new EstDoor();
    private final TestPki.Identity made = est.ca.pki.issue("sensor-17");

    @AfterEach
    void close() {
        est.close();
    }

    @Test
    void isNotOfferedUnlessTheProfileSaysSo() throws IOException {
        Heard heard = est.post("/.well-known/est/serverkeygen", EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(501);
        assertThat(heard.text()).contains("serverkeygen");
    }

    @Test
    void asksWhoItIsBeforeAnything() throws IOException {
        assertThat(est.ask("POST", PATH, EstDoor.PKCS10, "garbage!").status()).isEqualTo(401);
    }

    @Test
    void deliversAKeyInTheClearInTwoPartsAndOverwritesIt() throws IOException {
        byte[] pkcs8 = made.key().getPrivate().getEncoded();
        byte[] given = pkcs8.clone();
        est.ca.delivery = wish -> new KeyDelivery.InTheClear(est.ca.recorded(made.certificate()), given);

        Heard heard = est.post(PATH, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.header("Content-Type", "")).matches("multipart/mixed; boundary=[0-9a-f]{1,70}");
        assertThat(heard.headers())
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Content-Length", String.valueOf(heard.body().length))
                .doesNotContainKey("Content-Transfer-Encoding");
        DeliveredKey delivered = DeliveredKey.parse(heard.header("Content-Type", ""), heard.body());
        assertThat(delivered.key()).isEqualTo(pkcs8);
        assertThat(delivered.certificate()).isEqualTo(made.certificate().parsed());
        assertThat(heard.text().split("\r\n")).allMatch(line -> line.length() <= 76);
        assertThat(given).containsOnly(0);
    }

    @Test
    void answersTheNextRequestOnTheSameConnection() throws IOException {
        est.ca.delivery = wish -> new KeyDelivery.InTheClear(
                est.ca.recorded(made.certificate()), made.key().getPrivate().getEncoded());
        try (var client = est.connect()) {
            for (int time = 0; time < 2; time++) {
                client.say(EstDoor.request("POST", PATH, EstDoor.BASIC + EstDoor.PKCS10, EstDoor.FLAT));
                assertThat(client.hear().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void namesNoKeyWhereTheRequestNamesNone() throws IOException {
        AtomicReference<ServerKeyRequest> wish = ask(EstDoor.FLAT, 400);

        assertThat(wish.get().decryption()).isEqualTo(new Decryption.None());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sealsToTheKeyTheRequestNames(boolean bySecret) throws IOException {
        est.ca.delivery = wish -> new KeyDelivery.Sealed(
                est.ca.recorded(made.certificate()), wish.envelope().seal(pkcs8(), recipient(bySecret)));

        Heard heard = est.post(PATH, csr(bySecret ? SECRET : KEY, ID, AES));

        DeliveredKey delivered = DeliveredKey.parse(heard.header("Content-Type", ""), heard.body());
        assertThat(heard.text()).contains("application/pkcs7-mime; smime-type=server-generated-key");
        assertThat(delivered.sealed()).isTrue();
        assertThat(new String(delivered.key(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(pkcs8(), 36, 20, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Test
    void saysThatNoAlgorithmIsInCommon() throws IOException {
        AtomicReference<ServerKeyRequest> des = ask(csr(KEY, ID, DES), 400);
        AtomicReference<ServerKeyRequest> none = ask(csr(KEY, ID, null), 400);
        AtomicReference<ServerKeyRequest> aes = ask(csr(KEY, ID, AES), 400);

        assertThat(des.get().decryption()).isEqualTo(new Decryption.ByCertificate("00ff"));
        assertThat(des.get().envelope().objectionTo(recipient(false)))
                .get()
                .asString()
                .contains("aes256-CBC");
        assertThat(none.get().envelope().objectionTo(recipient(false))).isPresent();
        assertThat(aes.get().envelope().objectionTo(recipient(false))).isEmpty();
    }

    @Test
    void refusesMalformedNamesOfKeys() throws IOException {
        Heard heard = est.post(PATH, csr(KEY, AES, AES));

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.text()).contains("asymmetricDecryptKeyIdentifier");
    }

    @Test
    void saysInOneLineWhyNothingIsDelivered() throws IOException {
        Heard heard = est.post(PATH, EstDoor.FLAT);

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.header("Content-Type", "")).startsWith("text/plain");
        assertThat(heard.text()).isEqualTo("nothing is made\n");
    }

    private AtomicReference<ServerKeyRequest> ask(String body, int status) throws IOException {
        var asked = new AtomicReference<ServerKeyRequest>();
        est.ca.delivery = wish -> {
            asked.set(wish);
            return new KeyDelivery.Refused(new Refusal.KeyNotDeliverable("only asking"));
        };
        assertThat(est.post(PATH, body).status()).isEqualTo(status);
        return asked;
    }

    private Recipient recipient(boolean bySecret) {
        return bySecret ? new Recipient.Secret(new byte[32]) : new Recipient.Certificate(made.certificate());
    }

    private byte[] pkcs8() {
        return made.key().getPrivate().getEncoded();
    }

    private String csr(
            ASN1ObjectIdentifier type, ASN1Encodable id, @org.jspecify.annotations.Nullable DERSequence capabilities) {
        KeyPair keys = made.key();
        var builder = new PKCS10CertificationRequestBuilder(
                new X500Name("CN=sensor-17"),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        builder.addAttribute(type, id);
        Optional.ofNullable(capabilities).ifPresent(list -> builder.addAttribute(CAPABILITIES, list));
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                                    .getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
