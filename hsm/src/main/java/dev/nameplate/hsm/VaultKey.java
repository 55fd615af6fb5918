package dev.nameplate.hsm;

import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A key pair in a vault, as the vault describes it.
 *
 * @param uri names exactly this key: token, object and id
 * @param sensitive the private value cannot be read in clear (CKA_SENSITIVE)
 * @param neverExtractable it was never possible to take it out (CKA_NEVER_EXTRACTABLE)
 * @param local it was made in the vault (CKA_LOCAL)
 */
public record VaultKey(
        KeyUri uri,
        KeySpec spec,
        SubjectPublicKeyInfo publicKey,
        boolean sensitive,
        boolean neverExtractable,
        boolean local) {}
