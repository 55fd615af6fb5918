package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.Sha256;

/**
 * What a plan file says of itself.
 *
 * @param ca of which CA it is
 * @param digest SHA-256 over its lines but the last
 */
record PlanSeal(Sha256 ca, Sha256 digest) {}
