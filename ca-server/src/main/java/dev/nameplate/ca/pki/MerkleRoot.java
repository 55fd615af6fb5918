package dev.nameplate.ca.pki;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The root of a Merkle tree over a list (RFC 9162, 2.1.1, with SHA-256), taken as the list goes by: memory grows with the
 * logarithm of its length.
 */
public final class MerkleRoot {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /** Roots of full trees, the smallest on top; each bit of the size stands for one of them. */
    private final Deque<Sha256> trees = new ArrayDeque<>();

    private long size;

    public void add(byte[] entry) {
        Sha256 root = Sha256.of(LEAF, entry);
        for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
            root = Sha256.of(NODE, trees.pop().octets(), root.octets());
        }
        trees.push(root);
        size++;
    }

    public long size() {
        return size;
    }

    /** Over all there was so far; for none, the SHA-256 of nothing. */
    public Sha256 root() {
        if (trees.isEmpty()) {
            return Sha256.of();
        }
        Sha256 root = null;
        for (Sha256 tree : trees) {
            root = root == null ? tree : Sha256.of(NODE, tree.octets(), root.octets());
        }
        return java.util.Objects.requireNonNull(root);
    }
}
