package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.pki.CertificateDer;

/** Whom a key is sealed for. */
public sealed interface Recipient {
    /**
     * Whoever has this secret.
     *
     * @param key an AES key, for the user to overwrite
     */
    record Secret(byte[] key) implements Recipient {}

    /** Whoever has the private key of this certificate. */
    record Certificate(CertificateDer certificate) implements Recipient {}
}
