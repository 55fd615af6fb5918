package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Sha256;

/** Whose every key is, for ever: the ledger, seen from here. */
@FunctionalInterface
public interface KeyClaims {
    /** @return false, and nothing changed, if the key is another's */
    boolean claimKey(Sha256 keyHash, Holder holder);
}
