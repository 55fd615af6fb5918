package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

class RsaStrengthTest {
    private static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final BigInteger MODULUS =
            new SubjectKey(DeviceKey.rsa(2048).publicKey()).modulus().orElseThrow();

    @Test
    void takesAnUsualKey() {
        assertThat(objectionTo(MODULUS, F4)).isEmpty();
    }

    @Test
    void hasNothingToSayAboutOtherKeys() {
        assertThat(new RsaStrength().objectionTo(new SubjectKey(DeviceKey.p256().publicKey()), SampleProfiles.ldevid()))
                .isEmpty();
    }

    @Test
    void refuses1024Bits() {
        assertThat(objectionTo(BigInteger.ONE.shiftLeft(1023).setBit(0), F4))
                .contains(new Refusal.KeyWeak("RSA with 1024 bits; at least 2048 are needed"));
    }

    @Test
    void refusesAModulusWithASmallFactor() {
        assertThat(objectionTo(MODULUS.multiply(BigInteger.valueOf(751)), F4))
                .contains(new Refusal.KeyWeak("the RSA modulus has a small factor"));
        assertThat(objectionTo(MODULUS.clearBit(0), F4)).isPresent();
    }

    @Test
    void refusesSmallEvenAndAbsurdExponents() {
        assertThat(objectionTo(MODULUS, BigInteger.valueOf(3))).isPresent();
        assertThat(objectionTo(MODULUS, F4.add(BigInteger.ONE))).isPresent();
        assertThat(objectionTo(MODULUS, BigInteger.ONE.shiftLeft(300).setBit(0)))
                .isPresent();
    }

    private static Optional<Refusal> objectionTo(BigInteger modulus, BigInteger exponent) {
        return new RsaStrength().objectionTo(new SubjectKey(info(modulus, exponent)), SampleProfiles.ldevid());
    }

    static SubjectPublicKeyInfo info(BigInteger modulus, BigInteger exponent) {
        try {
            return new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(modulus, exponent));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
