package dev.nameplate.hsm;

import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A private key somewhere that is not the heap. Thread-safe; holds no handle that dies with a session. */
public interface SigningKey {
    KeyUri uri();

    /**
     * The public half.
     *
     * @throws KeyMissingException if the vault has no such key
     */
    SubjectPublicKeyInfo publicKey();

    /**
     * Signs a message.
     *
     * @param message the bytes to sign, not yet hashed
     * @return the signature as X.509 carries it: DER {@code ECDSA-Sig-Value}, or the octets of RSA and Ed25519
     * @throws IllegalArgumentException if the scheme does not fit the key
     * @throws KeyMissingException if the vault has no such key
     * @throws KeyNotAcceptableException if the key could leave the vault
     * @throws VaultUnavailableException if the vault is away or too busy; the same call may succeed later
     */
    byte[] sign(SignatureScheme scheme, byte[] message);

    /**
     * Like {@link #sign}, for a message that was hashed elsewhere.
     *
     * @param digest made by {@link SignatureScheme#newDigest(SubjectPublicKeyInfo)}, of exactly its length
     * @throws IllegalArgumentException if the scheme signs messages only (Ed25519)
     */
    byte[] signDigest(SignatureScheme scheme, byte[] digest);
}
