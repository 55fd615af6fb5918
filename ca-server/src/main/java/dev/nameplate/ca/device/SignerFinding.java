package dev.nameplate.ca.device;

import dev.nameplate.ca.refusal.Refusal;

/** Who signed a message, or why we do not believe it. */
public sealed interface SignerFinding {
    record Holder(AuthenticatedDevice device) implements SignerFinding {}

    record Authority(RegistrationAuthority authority) implements SignerFinding {}

    record NotIdentified(Refusal refusal) implements SignerFinding {}
}
