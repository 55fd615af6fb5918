package dev.nameplate.ca.ocsp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** How a CertID names an issuer: the hash, and whether its AlgorithmIdentifier has the NULL that some write and some leave out. */
@SuppressWarnings("ImmutableEnumChecker") // the octets are never written to
enum IdForm {
    SHA1_NULL("SHA-1", 20, "300906052b0e03021a0500"),
    SHA1("SHA-1", 20, "300706052b0e03021a"),
    SHA256_NULL("SHA-256", 32, "300d06096086480165030402010500"),
    SHA256("SHA-256", 32, "300b0609608648016503040201");

    private final String digest;
    private final int hashOctets;
    private final byte[] algorithm;

    IdForm(String digest, int hashOctets, String algorithm) {
        this.digest = digest;
        this.hashOctets = hashOctets;
        this.algorithm = HexFormat.of().parseHex(algorithm);
    }

    int hashOctets() {
        return hashOctets;
    }

    int algorithmOctets() {
        return algorithm.length;
    }

    void writeAlgorithm(byte[] to, int at) {
        System.arraycopy(algorithm, 0, to, at, algorithm.length);
    }

    boolean isAt(byte[] octets, int from, int to) {
        return Arrays.equals(octets, from, to, algorithm, 0, algorithm.length);
    }

    byte[] hash(byte[] value) {
        try {
            return MessageDigest.getInstance(digest).digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + digest, e);
        }
    }
}
