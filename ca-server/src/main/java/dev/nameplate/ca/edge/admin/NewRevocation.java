package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.revocation.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a certificate is to be revoked.
 *
 * @param invalidityDate when its key is known or suspected to have been lost
 */
record NewRevocation(RevocationReason reason, Optional<Instant> invalidityDate) {}
