package dev.nameplate.ca.authority;

import java.time.Duration;

/**
 * How an issuer's CRLs are published. Messages name the key under the issuer.
 *
 * @param lasts from thisUpdate to nextUpdate: how long relying parties do without a newer one
 * @param every how often one is published even if nothing was revoked
 */
public record CrlTerms(Duration lasts, Duration every) {
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(3660);
    private static final CrlTerms USUAL = new CrlTerms(Duration.ofDays(7), Duration.ofHours(12));

    public CrlTerms {
        if (every.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("crl.every is less than a minute: " + every);
        }
        if (lasts.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("crl.lasts is more than ten years: " + lasts);
        }
        if (lasts.compareTo(every.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("crl.lasts is less than twice crl.every, so that one late publication"
                    + " would leave everyone without a CRL: " + lasts);
        }
    }

    /** For a week, twice a day. */
    public static CrlTerms usual() {
        return USUAL;
    }
}
