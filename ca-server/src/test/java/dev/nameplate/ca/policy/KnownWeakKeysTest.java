package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class KnownWeakKeysTest {
    private static final BigInteger F4 = BigInteger.valueOf(65_537);

    @Test
    void refusesAModulusThatIsAPowerOf65537ModuloEverySmallPrime() {
        BigInteger primes =
                KnownWeakKeys.primes().stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger modulus = F4.modPow(BigInteger.valueOf(1234), primes).add(primes.shiftLeft(1900));

        assertThat(new KnownWeakKeys()
                        .objectionTo(new SubjectKey(RsaStrengthTest.info(modulus, F4)), SampleProfiles.ldevid()))
                .contains(new Refusal.KeyWeak("the RSA key was made by a library with a known flaw (ROCA)"));
    }

    @Test
    void takesAnUsualKey() {
        assertThat(new KnownWeakKeys()
                        .objectionTo(new SubjectKey(DeviceKey.rsa(2048).publicKey()), SampleProfiles.ldevid()))
                .isEmpty();
    }
}
