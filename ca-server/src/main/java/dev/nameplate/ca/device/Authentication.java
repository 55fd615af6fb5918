package dev.nameplate.ca.device;

import dev.nameplate.ca.refusal.Refusal;

/** Who is asking, or why we do not believe it. */
public sealed interface Authentication {
    record Identified(AuthenticatedDevice device) implements Authentication {}

    record NotIdentified(Refusal refusal) implements Authentication {}
}
