package dev.nameplate.ca.renewal;

import dev.nameplate.ca.refusal.Refusal;

/** What became of an operator's wish. */
public sealed interface PullOutcome {
    record Done(Pull pull) implements PullOutcome {}

    record Refused(Refusal refusal) implements PullOutcome {}
}
