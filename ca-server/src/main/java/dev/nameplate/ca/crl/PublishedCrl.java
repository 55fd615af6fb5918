package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;

/**
 * The newest CRL of a scope, as recorded.
 *
 * @param number CRLNumber: higher than that of every CRL of this scope before
 * @param throughChange every change of revocations up to this number is in it
 */
public record PublishedCrl(CrlScope scope, long number, CrlTimes times, CrlContent content, long throughChange) {
    public PublishedCrl {
        if (number < 1) {
            throw new IllegalArgumentException("CRL numbers are counted from 1, not " + number);
        }
    }
}
