package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * RSA keys made by the library whose primes can be found again (CVE-2017-15361, "ROCA"): modulo every small prime their moduli are
 * powers of 65537, which a random modulus is with a chance of about 2^-28.
 */
final class KnownWeakKeys implements KeyCheck {
    private static final int GENERATOR = 65_537;
    private static final int LARGEST_PRIME = 167;
    private static final Map<Integer, BitSet> POWERS =
            primes().stream().collect(Collectors.toUnmodifiableMap(prime -> prime, KnownWeakKeys::powers));

    @Override
    public Optional<Refusal> objectionTo(SubjectKey key, Profile profile) {
        return key.modulus()
                .filter(KnownWeakKeys::fingerprinted)
                .map(modulus -> new Refusal.KeyWeak("the RSA key was made by a library with a known flaw (ROCA)"));
    }

    static boolean fingerprinted(BigInteger modulus) {
        return POWERS.entrySet().stream()
                .allMatch(prime -> prime.getValue()
                        .get(modulus.mod(BigInteger.valueOf(prime.getKey())).intValue()));
    }

    static List<Integer> primes() {
        return IntStream.rangeClosed(3, LARGEST_PRIME)
                .filter(n -> BigInteger.valueOf(n).isProbablePrime(50))
                .boxed()
                .toList();
    }

    private static BitSet powers(int prime) {
        BitSet powers = new BitSet(prime);
        for (int power = 1; !powers.get(power); power = (int) ((long) power * GENERATOR % prime)) {
            powers.set(power);
        }
        return powers;
    }
}
