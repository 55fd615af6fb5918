package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.revocation.RevocationReason;
import java.util.Optional;

/**
 * How a device is to be ended.
 *
 * @param reason why its certificates are revoked; cessation-of-operation, if absent
 */
record NewDecommissioning(Optional<RevocationReason> reason) {}
