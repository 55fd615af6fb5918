package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish for a code. */
public sealed interface CodeCreation {
    /** @param text the code itself, which nobody can see again */
    record Created(EnrolmentCode code, Secret text) implements CodeCreation {}

    record Refused(Refusal refusal) implements CodeCreation {}
}
