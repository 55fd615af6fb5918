package dev.nameplate.ca.lint;

/** Proof that a CRL passed every check, with the hash of exactly the octets that were checked. Only {@link CrlLinter} makes one. */
public final class LintedCrl {
    private final byte[] digest;
    private final long entries;

    LintedCrl(byte[] digest, long entries) {
        this.digest = digest;
        this.entries = entries;
    }

    /** Of the octets to sign, by the hash given to the linter. */
    public byte[] digest() {
        return digest.clone();
    }

    public long entries() {
        return entries;
    }
}
