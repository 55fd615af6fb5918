package dev.nameplate.ca.approval;

import dev.nameplate.ca.refusal.Refusal;

/** What became of an operator's word. */
public sealed interface ApprovalOutcome {
    /** It is so, now or already. */
    record Decided(PendingRequest request) implements ApprovalOutcome {}

    record Refused(Refusal refusal) implements ApprovalOutcome {}
}
