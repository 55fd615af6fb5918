package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serverkeygen: what is asked for and the multipart that answers it. */
class ServerKeyAnswerTest {
    private static final String SECRET_ID = "1.2.840.113549.1.9.16.2.37";
    private static final String KEY_ID = "1.2.840.113549.1.9.16.2.54";
    private static final String CAPABILITIES = "1.2.840.113549.1.9.15";
    private static final X509CertificateHolder CERTIFICATE = Samples.certificate("root.pem");
    private static final byte[] CERTS_ONLY = CertsOnly.encode(List.of(CERTIFICATE));
    private static final byte[] PKCS8 = Samples.P256.getPrivate().getEncoded();

    @Test
    void writesTwoPartsWithNothingAroundThem() {
        ServerKeyAnswer answer = ServerKeyAnswer.inTheClear(PKCS8, CERTS_ONLY, new SecureRandom());
        String text = new String(answer.body(), StandardCharsets.US_ASCII);
        String boundary = "--" + answer.boundary();

        assertThat(answer.contentType()).isEqualTo("multipart/mixed; boundary=" + answer.boundary());
        assertThat(answer.boundary()).matches("[0-9a-f]{1,70}");
        assertThat(text)
                .startsWith(boundary + "\r\nContent-Type: application/pkcs8\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n")
                .contains("\r\n" + boundary + "\r\nContent-Type: application/pkcs7-mime; smime-type=certs-only\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n")
                .endsWith("\r\n" + boundary + "--\r\n");
        assertThat(text.split("\r\n")).allMatch(line -> line.length() <= 76);
        assertThat(text.replace("\r\n", "")).doesNotContain("\n", "\r");
    }

    @Test
    void readsWhatItWrites() {
        ServerKeyAnswer clear = ServerKeyAnswer.inTheClear(PKCS8, CERTS_ONLY, new SecureRandom());
        ServerKeyAnswer sealed = ServerKeyAnswer.sealed(PKCS8, CERTS_ONLY, new SecureRandom());

        DeliveredKey one = DeliveredKey.parse(clear.contentType(), clear.body());
        DeliveredKey other = DeliveredKey.parse(sealed.contentType(), sealed.body());

        assertThat(one.key()).isEqualTo(PKCS8);
        assertThat(one.sealed()).isFalse();
        assertThat(one.certificate()).isEqualTo(CERTIFICATE);
        assertThat(other.sealed()).isTrue();
        assertThat(one.toString()).doesNotContain(java.util.Base64.getEncoder().encodeToString(PKCS8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--b\r\n",
                "--b\r\nContent-Type: application/pkcs8\r\n\r\nAAAA\r\n--b--\r\n",
                "--b\r\n\r\nAAAA\r\n--b\r\n\r\nAAAA\r\n--b--\r\n",
                "--b\r\n\r\nA\r\n--b\r\n\r\nA\r\n--b\r\n\r\nA\r\n--b\r\n\r\nA\r\n--b\r\n\r\nA\r\n--b--\r\n"
            })
    void refusesAnswersWithoutAKeyAndACertificate(String body) {
        assertThatThrownBy(() ->
                        DeliveredKey.parse("multipart/mixed; boundary=b", body.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> DeliveredKey.parse("text/plain", body.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void readsWhichKeyTheClientNamesAndWhatItCanDo() {
        byte[] csr = Samples.request(builder -> builder.addAttribute(
                        new org.bouncycastle.asn1.ASN1ObjectIdentifier(KEY_ID), new DEROctetString(new byte[] {1}))
                .addAttribute(new org.bouncycastle.asn1.ASN1ObjectIdentifier(CAPABILITIES), capabilities()));

        var wanted = (KeyProtection.ByPublicKey) KeyProtection.of(Pkcs10.parse(csr));

        assertThat(wanted.id().getOctets()).containsExactly(1);
        assertThat(wanted.capabilities().cipher()).contains(Capabilities.Cipher.AES_256_CBC);
        assertThat(KeyProtection.of(Pkcs10.parse(Samples.request(_ -> {})))).isEqualTo(new KeyProtection.ByTlsAlone());
        assertThat(KeyProtection.of(Pkcs10.parse(Samples.requestWith(SECRET_ID, new DEROctetString(new byte[] {1})))))
                .isInstanceOf(KeyProtection.BySecret.class);
    }

    @Test
    void asksByTheSubjectKeyIdentifierOfACertificate() {
        Pkcs10 csr = CsrBuilder.forKey(Samples.P256).decryptingWith(CERTIFICATE).build();

        var wanted = (KeyProtection.ByPublicKey) KeyProtection.of(csr);

        assertThat(wanted.id().getOctets())
                .isEqualTo(SubjectKeyIdentifier.fromExtensions(CERTIFICATE.getExtensions())
                        .getKeyIdentifier());
        assertThat(wanted.capabilities().cipher()).contains(Capabilities.Cipher.AES_256_CBC);
    }

    @Test
    void refusesTwoNamedKeysAndMalformedNames() {
        byte[] both = Samples.request(builder -> builder.addAttribute(
                        new org.bouncycastle.asn1.ASN1ObjectIdentifier(KEY_ID), new DEROctetString(new byte[] {1}))
                .addAttribute(
                        new org.bouncycastle.asn1.ASN1ObjectIdentifier(SECRET_ID), new DEROctetString(new byte[] {1})));

        refuses(both);
        for (ASN1Encodable value :
                List.of(DERNull.INSTANCE, new DEROctetString(new byte[0]), new DEROctetString(new byte[256]))) {
            refuses(Samples.requestWith(KEY_ID, value));
            refuses(Samples.requestWith(SECRET_ID, value));
        }
        refuses(Samples.requestWith(CAPABILITIES, DERNull.INSTANCE));
        refuses(Samples.requestWith(CAPABILITIES, new DERSequence(DERNull.INSTANCE)));
    }

    private static void refuses(byte[] csr) {
        assertThatThrownBy(() -> KeyProtection.of(Pkcs10.parse(csr))).isInstanceOf(MalformedMessageException.class);
    }

    private static DERSequence capabilities() {
        return new DERSequence(new ASN1Encodable[] {
            new DERSequence(NISTObjectIdentifiers.id_aes128_CBC),
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_CBC)
        });
    }
}
