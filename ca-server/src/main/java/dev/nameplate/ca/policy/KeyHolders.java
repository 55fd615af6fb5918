package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Sha256;
import java.util.Optional;

/** Whose every key is, for ever: the ledger, seen from here. */
@FunctionalInterface
public interface KeyHolders {
    Optional<Holder> holderOfKey(Sha256 keyHash);
}
