package dev.nameplate.ca.ocsp;

/** The private key of a responder, wherever it is: ECDSA with P-256. */
@FunctionalInterface
public interface ResponderKey {
    /** @return the signature with SHA-256, in DER, as X.509 carries it */
    byte[] sign(byte[] message);
}
