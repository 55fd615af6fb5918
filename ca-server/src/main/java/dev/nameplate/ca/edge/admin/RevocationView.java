package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;

/**
 * That a certificate is revoked.
 *
 * @param before whether it was so already; then time and reason stay those of the first
 */
record RevocationView(SerialNumber serial, IssuerGeneration issuer, Instant revokedAt, Boolean before) {}
