package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A signature by the audit key over the chain as far as one entry.
 *
 * @param number the last entry covered
 * @param hash that entry's hash
 * @param at kept to the millisecond
 * @param signer the audit certificate's fingerprint
 * @param signature DER, over what {@code AuditSealer} says
 */
public record AuditSeal(long number, Sha256 hash, Instant at, Sha256 signer, byte[] signature) {
    public AuditSeal {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        signature = signature.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }
}
