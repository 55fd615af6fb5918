package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.revocation.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/** Since when a certificate is revoked, and why. */
record RevokedView(Instant at, Optional<RevocationReason> reason) {}
