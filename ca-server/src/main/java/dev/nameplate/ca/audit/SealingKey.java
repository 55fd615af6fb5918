package dev.nameplate.ca.audit;

/** The private key of the audit certificate, wherever it is. */
@FunctionalInterface
public interface SealingKey {
    /**
     * @param message not yet hashed
     * @return the signature as X.509 carries it: ECDSA with SHA-256 (SHA-384 from P-384 on), RSA PKCS#1 with SHA-256, or Ed25519
     */
    byte[] sign(byte[] message);
}
