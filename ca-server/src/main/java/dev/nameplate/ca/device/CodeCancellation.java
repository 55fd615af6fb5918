package dev.nameplate.ca.device;

import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish to cancel a code. */
public sealed interface CodeCancellation {
    record Cancelled(EnrolmentCode code) implements CodeCancellation {}

    record Refused(Refusal refusal) implements CodeCancellation {}
}
