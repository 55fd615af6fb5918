package dev.nameplate.acceptance;

import dev.nameplate.acceptance.HeapDump.Kind;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Looks in a heap dump for the private keys of EC public keys, by trying every number of their size. */
final class KeySearch {
    private static final int OCTET_STRING = 0x04;

    private final int octets;
    private final X9ECParameters curve;
    private final Set<BigInteger> candidates = new HashSet<>();

    private KeySearch(String curve, int octets) {
        this.curve = CustomNamedCurves.getByName(curve);
        this.octets = octets;
    }

    /** Those of the keys, all on P-256, whose private key is somewhere on the heap. */
    static Set<ECPublicKey> p256(Path dump, Collection<ECPublicKey> keys) throws IOException {
        return new KeySearch("P-256", 32).found(dump, keys);
    }

    /** Those of the keys, all on P-384, whose private key is somewhere on the heap. */
    static Set<ECPublicKey> p384(Path dump, Collection<ECPublicKey> keys) throws IOException {
        return new KeySearch("P-384", 48).found(dump, keys);
    }

    private Set<ECPublicKey> found(Path dump, Collection<ECPublicKey> keys) throws IOException {
        HeapDump.read(dump, this::collect);
        Set<BigInteger> abscissas =
                keys.stream().map(key -> key.getW().getAffineX()).collect(Collectors.toSet());
        Set<BigInteger> hits = candidates.parallelStream()
                .map(this::abscissa)
                .filter(abscissas::contains)
                .collect(Collectors.toSet());
        return keys.stream()
                .filter(key -> hits.contains(key.getW().getAffineX()))
                .collect(Collectors.toSet());
    }

    /** A number alone, big-endian or little-endian, or the OCTET STRING of a PKCS#8 or SEC 1 key. */
    private void collect(Kind kind, byte[] array) {
        int element = switch (kind) {
            case BYTES -> 1;
            case INTS -> Integer.BYTES;
            case LONGS -> Long.BYTES;
        };
        if (array.length == octets || (array.length == octets + 1 && array[0] == 0)) {
            add(array, array.length - octets);
            add(reversed(array, element), 0);
        }
        for (int at = 0; kind == Kind.BYTES && at + 2 + octets <= array.length; at++) {
            if (array[at] == OCTET_STRING && array[at + 1] == octets) {
                add(array, at + 2);
            }
        }
    }

    private void add(byte[] from, int at) {
        BigInteger number = new BigInteger(1, Arrays.copyOfRange(from, at, at + octets));
        if (number.signum() > 0 && number.compareTo(curve.getN()) < 0) {
            candidates.add(number);
        }
    }

    private static byte[] reversed(byte[] array, int element) {
        byte[] reversed = new byte[array.length];
        for (int at = 0; at + element <= array.length; at += element) {
            System.arraycopy(array, at, reversed, array.length - at - element, element);
        }
        return reversed;
    }

    private BigInteger abscissa(BigInteger secret) {
        ECPoint point =
                new FixedPointCombMultiplier().multiply(curve.getG(), secret).normalize();
        return point.getAffineXCoord().toBigInteger();
    }
}
