package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.Sha256;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The tree hash of RFC 9162, 2.1, over SHA-256, as leaves come: a leaf is hashed after an octet 0, two nodes after an octet 1. Of
 * any number of leaves it keeps as many hashes as the number has binary ones.
 */
public final class MerkleTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final Deque<Node> perfect = new ArrayDeque<>();
    private long leaves;

    private record Node(long leaves, Sha256 hash) {
        Node with(Node right) {
            return new Node(leaves + right.leaves, Sha256.of(NODE, hash.octets(), right.hash.octets()));
        }
    }

    public void add(byte[] leaf) {
        leaves++;
        Node node = new Node(1, Sha256.of(LEAF, leaf));
        while (!perfect.isEmpty() && perfect.getLast().leaves() == node.leaves()) {
            node = perfect.removeLast().with(node);
        }
        perfect.addLast(node);
    }

    public long leaves() {
        return leaves;
    }

    /** Of no leaves: the hash of nothing. */
    public Sha256 root() {
        return perfect.reversed().stream()
                .reduce((right, left) -> left.with(right))
                .map(Node::hash)
                .orElseGet(Sha256::of);
    }
}
