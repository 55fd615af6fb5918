package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;

/** A certificate that a selection found, and where it stood then. */
public record Target(IssuerGeneration issuer, SerialNumber serial, DeviceId device, Standing standing) {}
