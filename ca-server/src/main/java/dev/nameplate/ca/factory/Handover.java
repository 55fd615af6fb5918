package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The key-encryption key of a batch and station, on its way to the station.
 *
 * @param recipient the SHA-256 of the key (SubjectPublicKeyInfo) that it is encrypted to
 */
public record Handover(BatchName batch, OperatorName station, Sha256 recipient, Kek kek, Instant at) {
    /**
     * As the vault made it.
     *
     * @param number which of the keys of this batch and station, counted from 1
     * @param recipientInfo CMS RecipientInfo in DER (RFC 5652, 6.2)
     * @param insideToken whether its value was never outside the token but encrypted
     */
    public record Kek(int number, KeyPackage recipientInfo, String checkValue, boolean insideToken) {}

    public Handover {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    public KekNumber number() {
        return new KekNumber(station, kek.number());
    }
}
