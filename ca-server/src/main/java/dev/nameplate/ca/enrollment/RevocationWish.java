package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.RevocationReason;
import org.bouncycastle.asn1.x500.X500Name;

/** Which certificate somebody wants revoked, as a message names it, and why. */
public record RevocationWish(X500Name issuer, SerialNumber serial, RevocationReason reason) {}
