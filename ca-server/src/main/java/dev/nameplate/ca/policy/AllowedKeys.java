package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;
import java.util.Set;

/** The key is of a kind the profile allows. */
final class AllowedKeys implements KeyCheck {
    @Override
    public Optional<Refusal> objectionTo(SubjectKey key, Profile profile) {
        Set<KeyAlgorithm> allowed = profile.keys().allowed();
        boolean fits = key.algorithm().map(allowed::contains).orElse(false);
        return fits ? Optional.empty() : Optional.of(new Refusal.KeyNotAllowed(key.description(), allowed));
    }
}
