package dev.nameplate.ca.operator;

import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish to add or remove an operator. */
public sealed interface OperatorChange {
    record Done(Operator operator) implements OperatorChange {}

    record Refused(Refusal refusal) implements OperatorChange {}
}
