package dev.nameplate.ca.factory;

import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish about a batch. */
public sealed interface BatchChange {
    record Done(Batch batch) implements BatchChange {}

    record Refused(Refusal refusal) implements BatchChange {}
}
