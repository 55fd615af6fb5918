package dev.nameplate.ca.factory.keys;

import dev.nameplate.ca.pki.MerkleRoot;
import dev.nameplate.ca.pki.Sha256;
import java.util.stream.Stream;

/**
 * The keys that were made under one key-encryption key, in numbers.
 *
 * @param root of the Merkle tree over {@link KeyFate#leaf} of each, in the order of the keys' hashes
 */
public record InjectedKeys(long count, Sha256 root, long delivered, long confirmed) {
    /** @param fates in the order of the keys' hashes, octets compared as unsigned */
    public static InjectedKeys of(Stream<KeyFate> fates) {
        MerkleRoot tree = new MerkleRoot();
        long[] numbers = new long[2];
        fates.forEachOrdered(fate -> {
            tree.add(fate.leaf());
            numbers[0] += fate.deliveredAt().isPresent() ? 1 : 0;
            numbers[1] += fate.confirmedAt().isPresent() ? 1 : 0;
        });
        return new InjectedKeys(tree.size(), tree.root(), numbers[0], numbers[1]);
    }
}
