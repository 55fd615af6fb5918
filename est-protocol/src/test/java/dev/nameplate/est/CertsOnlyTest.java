package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;

class CertsOnlyTest {
    private static final X509CertificateHolder ROOT = Samples.certificate("root.pem");
    private static final X509CertificateHolder ISSUING = Samples.certificate("issuing.pem");

    @Test
    void writesOneCertificateByteForByteLikeOpenssl() throws IOException {
        byte[] expected = Samples.resource("one.p7");
        assertThat(CertsOnly.encode(List.of(ROOT))).isEqualTo(expected);
        assertThat(CertsOnly.encodeDer(List.of(ROOT.getEncoded()))).isEqualTo(expected);
    }

    @Test
    void hasTheFixedPartsOfADegenerateSignedData() {
        String hex = Hex.toHexString(CertsOnly.encode(List.of(ROOT)));
        assertThat(hex)
                .matches(
                        "3082....06092a864886f70d010702a082....3082....020101" // version 1
                                + "3100" // no digest algorithms
                                + "300b06092a864886f70d010701" // id-data, content absent
                                + "a082....3082.*"
                                + "3100"); // no crls before it, no signers in it
    }

    @Test
    void writesEveryLengthTheWayTheLibraryDoes() throws IOException {
        for (int size : new int[] {2, 60, 90, 100, 110, 127, 128, 200, 235, 255, 256, 65_000, 65_535, 65_536, 70_000}) {
            var value = new DEROctetString(new byte[size]);
            byte[] ours = CertsOnly.encodeDer(List.of(value.getEncoded()));
            assertThat(ours).isEqualTo(byLibrary(new DERSet(value)));
        }
    }

    @Test
    void sortsTheSetWhateverTheOrderGiven() throws IOException {
        byte[] ours = CertsOnly.encode(List.of(ROOT, ISSUING));
        assertThat(CertsOnly.encode(List.of(ISSUING, ROOT))).isEqualTo(ours);
        var set = new ASN1EncodableVector();
        set.add(ISSUING.toASN1Structure());
        set.add(ROOT.toASN1Structure());
        assertThat(ours).isEqualTo(byLibrary(new DERSet(set)));
    }

    @Test
    void refusesToWriteNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> CertsOnly.encode(List.of()));
    }

    @Test
    void readsWhatItWrites() {
        assertThat(CertsOnly.parse(CertsOnly.encode(List.of(ROOT, ISSUING)))).containsExactlyInAnyOrder(ROOT, ISSUING);
    }

    @Test
    void readsIndefiniteLengthsEmptyContentAndEmptyCrls() throws IOException {
        var careless = new SignedData(
                new BERSet(),
                new ContentInfo(CMSObjectIdentifiers.data, new BEROctetString(new byte[0])),
                new BERSet(ROOT.toASN1Structure()),
                new BERSet(),
                new BERSet());
        byte[] ber = new ContentInfo(CMSObjectIdentifiers.signedData, careless).getEncoded("BER");
        assertThat(ber[1]).isEqualTo((byte) 0x80);
        assertThat(CertsOnly.parse(ber)).containsExactly(ROOT);
    }

    @Test
    void refusesMessagesWithoutCertificates() throws IOException {
        assertRefused(byLibrary(new DERSet()), "carries no certificate");
        assertRefused(new ContentInfo(CMSObjectIdentifiers.data, new DERSet()).getEncoded(), "is not a SignedData");
        assertRefused(byLibrary(new DERSet(new DERTaggedObject(1, new DERSet()))), "not an X.509 certificate");
        assertRefused(ROOT.getEncoded(), "certs-only message has 3 elements");
        assertRefused(new byte[0], "cut short");
    }

    @Test
    void readsAnswersInEveryFormWhateverTheHeaderAdds() {
        byte[] der = Samples.resource("one.p7");
        var bodies = new ArrayList<byte[]>();
        bodies.add(der);
        bodies.add(EstBase64.encode(der, Wrapping.LINES_64));
        bodies.add(EstBase64.encode(der, Wrapping.ONE_LINE));
        for (byte[] body : bodies) {
            for (String type : List.of(
                    EstMediaTypes.CERTS_ONLY,
                    "application/pkcs7-mime",
                    "Application/PKCS7-MIME;smime-type=\"certs-only\"; charset=utf-8")) {
                assertThat(EstAnswers.certificates(type, body)).containsExactly(ROOT);
            }
        }
        assertThat(EstAnswers.certificates("application/pkcs7-mime", Samples.resource("two.pem")))
                .containsExactlyInAnyOrder(ROOT, ISSUING);
    }

    @Test
    void refusesAnAnswerOfAnotherMediaType() {
        byte[] body = "<html>".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EstAnswers.certificates("text/html", body))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("the answer's Content-Type is \"text/html\", not application/pkcs7-mime");
        assertThatThrownBy(() -> EstAnswers.certificates(null, body)).hasMessageContaining("missing");
    }

    @Test
    void findsTheIssuedCertificateByItsKeyWhenTheServerAddsItsChain() throws IOException {
        byte[] body = EstBase64.encode(CertsOnly.encode(List.of(ROOT, ISSUING)), Wrapping.LINES_64);
        for (X509CertificateHolder wanted : List.of(ROOT, ISSUING)) {
            byte[] key = wanted.getSubjectPublicKeyInfo().getEncoded();
            assertThat(EstAnswers.issued(EstMediaTypes.CERTS_ONLY, body, key)).isEqualTo(wanted);
        }
        assertThatThrownBy(() -> EstAnswers.issued(EstMediaTypes.CERTS_ONLY, body, new byte[1]))
                .hasMessageContaining("no certificate for the key");
    }

    private static byte[] byLibrary(DERSet certificates) throws IOException {
        ASN1Encodable data = new SignedData(
                new DERSet(), new ContentInfo(CMSObjectIdentifiers.data, null), certificates, null, new DERSet());
        return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded("DER");
    }

    private static void assertRefused(byte[] message, String why) {
        assertThatThrownBy(() -> CertsOnly.parse(message))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(why);
    }
}
