package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;

/** Whether a request may become a certificate. */
public sealed interface Admission {
    record Admitted(AdmittedRequest request) implements Admission {}

    record Refused(Refusal refusal) implements Admission {}
}
