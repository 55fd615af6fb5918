package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish about a plan. */
public sealed interface PlanOutcome {
    /** It is so, now or already. */
    record Done(Plan plan) implements PlanOutcome {}

    record Refused(Refusal refusal) implements PlanOutcome {}
}
