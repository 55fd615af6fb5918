package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.IntStream;

/** RSA moduli have 2048 bits or more and no small factors; exponents are odd, from 65537 on, and not absurdly long (NIST SP 800-56B, 6.2). */
final class RsaStrength implements KeyCheck {
    private static final int MIN_BITS = 2048;
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);
    private static final int MAX_EXPONENT_BITS = 256;

    private static final BigInteger SMALL_PRIMES = IntStream.range(2, 752)
            .mapToObj(BigInteger::valueOf)
            .filter(n -> n.isProbablePrime(50))
            .reduce(BigInteger.ONE, BigInteger::multiply);

    @Override
    public Optional<Refusal> objectionTo(SubjectKey key, Profile profile) {
        return key.modulus()
                .map(modulus -> weakness(modulus, key.publicExponent().orElse(BigInteger.ZERO)))
                .filter(why -> !why.isEmpty())
                .map(Refusal.KeyWeak::new);
    }

    private static String weakness(BigInteger modulus, BigInteger exponent) {
        if (modulus.bitLength() < MIN_BITS) {
            return "RSA with " + modulus.bitLength() + " bits; at least " + MIN_BITS + " are needed";
        }
        if (!modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
            return "the RSA modulus has a small factor";
        }
        boolean right = exponent.compareTo(MIN_EXPONENT) >= 0
                && exponent.testBit(0)
                && exponent.bitLength() <= MAX_EXPONENT_BITS;
        return right ? "" : "the RSA exponent is not an odd number from 65537 to 256 bits";
    }
}
