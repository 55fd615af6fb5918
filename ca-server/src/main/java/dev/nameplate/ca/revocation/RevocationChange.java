package dev.nameplate.ca.revocation;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;

/**
 * A certificate was held, revoked or released.
 *
 * @param number rises with every change; some are left out
 * @param shard of its issuer's CRL; 0 if the certificate is listed in the full one only
 */
public record RevocationChange(long number, IssuerGeneration issuer, int shard, SerialNumber serial) {}
