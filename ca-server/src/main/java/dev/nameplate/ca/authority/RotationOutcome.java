package dev.nameplate.ca.authority;

import dev.nameplate.ca.refusal.Refusal;

/** What became of a step of a rotation. */
public sealed interface RotationOutcome {
    /** It is done, or was before; {@link Authorities#follow} takes it over. */
    record Done(IssuerRecord issuer) implements RotationOutcome {}

    record Refused(Refusal refusal) implements RotationOutcome {}
}
