package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import dev.nameplate.est.CmcRequest;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.MalformedMessageException;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

/** Whatever comes as a CMC request, it is read, or refused as malformed; a changed one never keeps its signature. */
class CmcHostileTest {
    private final Party sensor = Recipe.leaf("CN=sensor-17").selfSigned();
    private final byte[] good = CmcMessage.by(sensor)
            .nonce((byte) 1)
            .pkcs10(
                    7,
                    CsrBuilder.forKey(sensor.keys())
                            .subject(new X500Name("CN=sensor-17"))
                            .build()
                            .der())
            .crmf(8, "CN=sensor-17", sensor.keys())
            .revoke(9, new X500Name("CN=ca"), java.math.BigInteger.TEN, 1)
            .der();

    @Test
    void readsAGoodOne() {
        CmcRequest request = CmcRequest.parse(good);

        assertThat(request.signatureIsValid()).isTrue();
        assertThat(request.objection()).isEmpty();
        assertThat(request.parts()).hasSize(3);
    }

    @Test
    void survivesEveryChangedByte() {
        int stillGood = 0;
        for (int i = 0; i < good.length; i++) {
            for (int change : new int[] {0x01, 0x80}) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) change;
                stillGood += validOrRefused(bad) ? 1 : 0;
            }
        }
        // What is outside the signature, as the certificate's own, may change without it.
        assertThat(stillGood).isLessThan(good.length / 2);
    }

    @Test
    void refusesEveryPart() {
        for (int length = 0; length < good.length; length++) {
            byte[] part = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> CmcRequest.parse(part)).isInstanceOf(MalformedMessageException.class);
        }
    }

    private static boolean validOrRefused(byte[] message) {
        try {
            return CmcRequest.parse(message).signatureIsValid();
        } catch (MalformedMessageException refused) {
            return false;
        }
    }
}
