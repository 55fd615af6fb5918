package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.KeyAlgorithm;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a profile's certificates.
 *
 * @param allowed the kinds, at least one
 * @param serverMade whether and how the CA makes them where a device cannot
 */
public record SubjectKeys(Set<KeyAlgorithm> allowed, Optional<ServerKeys> serverMade) {
    public SubjectKeys {
        allowed = Set.copyOf(allowed);
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("keys is empty: name at least one key algorithm");
        }
        if (serverMade.isPresent() && !allowed.contains(serverMade.get().key())) {
            throw new IllegalArgumentException("keys.server-made.key is not among keys.allowed: "
                    + serverMade.get().key());
        }
    }

    /** Which devices bring themselves. */
    public static SubjectKeys of(Set<KeyAlgorithm> allowed) {
        return new SubjectKeys(allowed, Optional.empty());
    }
}
