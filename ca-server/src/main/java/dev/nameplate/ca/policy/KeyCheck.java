package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** One rule about keys that are to be certified, whoever brings them. */
interface KeyCheck {
    Optional<Refusal> objectionTo(SubjectKey key, Profile profile);
}
