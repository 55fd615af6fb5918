package dev.nameplate.ca.factory.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.factory.keys.Station;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.math.BigInteger;
import java.util.Date;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class StationEnvelopeTest {
    private static final byte[] CONTENT = "units".getBytes(UTF_8);

    private final Party station = Recipe.leaf("CN=station-1").selfSigned();

    @Test
    void opensForTheStationAlone() {
        byte[] envelope = StationEnvelope.seal(CONTENT, station.certificate());

        assertThat(StationEnvelope.open(envelope, station.keys().getPrivate())).isEqualTo(CONTENT);
        assertThatThrownBy(() -> StationEnvelope.open(
                        envelope, Recipe.leaf("CN=other").selfSigned().keys().getPrivate()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void opensForAStationWithAnRsaKeyToo() throws Exception {
        Station rsa = Station.withRsa();

        byte[] envelope = StationEnvelope.seal(CONTENT, certificate(rsa));

        assertThat(StationEnvelope.open(envelope, rsa.keys().getPrivate())).isEqualTo(CONTENT);
    }

    @Test
    void isAuthEnvelopedDataWithAesGcm() throws Exception {
        byte[] envelope = StationEnvelope.seal(CONTENT, station.certificate());

        assertThat(ContentInfo.getInstance(envelope).getContentType())
                .isEqualTo(CMSObjectIdentifiers.authEnvelopedData);
        assertThat(new CMSAuthEnvelopedData(envelope).getRecipientInfos().size())
                .isOne();
        assertThat(new String(envelope, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains(new String(
                        NISTObjectIdentifiers.id_aes256_GCM.getEncoded(),
                        java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Test
    void doesNotOpenWhenAnythingWasAltered() {
        byte[] envelope = StationEnvelope.seal(CONTENT, station.certificate());
        for (int back = 1; back <= 24; back++) {
            byte[] altered = envelope.clone();
            altered[altered.length - back] ^= 1;

            assertThatThrownBy(
                            () -> StationEnvelope.open(altered, station.keys().getPrivate()))
                    .as("octet %s from the end", back)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static CertificateDer certificate(Station station) throws Exception {
        X500Name name = new X500Name("CN=station");
        return CertificateDer.of(new X509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Units.AT),
                        Date.from(Units.AT.plusSeconds(60)),
                        name,
                        station.publicKey())
                .build(new JcaContentSignerBuilder("SHA256withRSA")
                        .build(station.keys().getPrivate())));
    }
}
