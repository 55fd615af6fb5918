package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import java.time.Instant;

/** A certificate from before the adoption of its issuer, of which little more than its serial is known. */
public record AdoptedSerial(
        IssuerGeneration issuer, SerialNumber serial, Instant notAfter, String subject, Standing standing) {}
