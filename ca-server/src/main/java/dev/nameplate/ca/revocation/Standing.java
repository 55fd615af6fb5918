package dev.nameplate.ca.revocation;

import java.time.Instant;

/** Whether a certificate is revoked. A held one counts as revoked. */
public sealed interface Standing {
    record Good() implements Standing {}

    record Revoked(Instant at) implements Standing {}
}
