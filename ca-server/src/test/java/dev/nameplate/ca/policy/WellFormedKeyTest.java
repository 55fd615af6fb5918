package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.junit.jupiter.api.Test;

class WellFormedKeyTest {
    private final SubjectPublicKeyInfo good = DeviceKey.p256().publicKey();

    @Test
    void takesTheUsualForms() {
        assertThat(objectionTo(good)).isEmpty();
        assertThat(objectionTo(DeviceKey.rsa(2048).publicKey())).isEmpty();
        assertThat(objectionTo(DeviceKey.ed25519().publicKey())).isEmpty();
    }

    @Test
    void refusesAPointThatIsNotOnTheCurve() {
        byte[] point = good.getPublicKeyData().getOctets();
        point[point.length - 1] ^= 1;

        assertThat(objectionTo(new SubjectPublicKeyInfo(good.getAlgorithm(), point)))
                .isPresent();
    }

    @Test
    void refusesThePointAtInfinity() {
        assertThat(objectionTo(new SubjectPublicKeyInfo(good.getAlgorithm(), new byte[] {0})))
                .isPresent();
    }

    @Test
    void refusesACompressedPointBecauseItWouldBeASecondNameForTheKey() throws Exception {
        var point = (ECPublicKeyParameters) PublicKeyFactory.createKey(good);

        assertThat(objectionTo(new SubjectPublicKeyInfo(
                        good.getAlgorithm(), point.getQ().getEncoded(true))))
                .isPresent();
    }

    @Test
    void refusesAnRsaKeyWithoutItsNullParameters() throws Exception {
        SubjectPublicKeyInfo rsa = DeviceKey.rsa(2048).publicKey();

        assertThat(objectionTo(new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), rsa.parsePublicKey())))
                .isPresent();
    }

    private static Optional<Refusal> objectionTo(SubjectPublicKeyInfo key) {
        return new WellFormedKey().objectionTo(new SubjectKey(key), SampleProfiles.ldevid());
    }
}
