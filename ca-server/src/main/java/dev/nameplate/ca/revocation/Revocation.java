package dev.nameplate.ca.revocation;

import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;

/** What became of a wish to revoke a certificate. */
public sealed interface Revocation {
    record Revoked(Instant at) implements Revocation {}

    /** Nothing changed, and nothing needed to. */
    record AlreadyRevoked(Instant at) implements Revocation {}

    record Refused(Refusal refusal) implements Revocation {}
}
