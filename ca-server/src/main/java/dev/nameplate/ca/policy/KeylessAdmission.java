package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;

/** What becomes of a request whose key is not made yet. */
public sealed interface KeylessAdmission {
    record Admitted(KeylessRequest request) implements KeylessAdmission {}

    record Refused(Refusal refusal) implements KeylessAdmission {}
}
