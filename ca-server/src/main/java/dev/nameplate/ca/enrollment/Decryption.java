package dev.nameplate.ca.enrollment;

/** With what a device wants to decrypt a key that is made for it (RFC 7030, 4.4.1). Ids are hexadecimal. */
public sealed interface Decryption {
    /** It names nothing: TLS is all it asks for. */
    record None() implements Decryption {}

    /** A secret it has had in common with the CA since before. */
    record BySecret(String id) implements Decryption {}

    /** The private key of a certificate with this subjectKeyIdentifier. */
    record ByCertificate(String id) implements Decryption {}
}
