package dev.nameplate.ca.operator;

import dev.nameplate.ca.refusal.Refusal;

/** Who is at the operator door, or why we do not believe it. */
public sealed interface Authorization {
    record Known(Operator operator) implements Authorization {}

    record Unknown(Refusal refusal) implements Authorization {}
}
