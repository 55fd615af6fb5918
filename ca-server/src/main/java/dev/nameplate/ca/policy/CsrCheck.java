package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** One rule that a CSR must obey to be admitted. */
interface CsrCheck {
    Optional<Refusal> objectionTo(Request request);
}
