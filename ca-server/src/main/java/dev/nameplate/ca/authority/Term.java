package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** From when to when a CA's certificate is valid. */
record Term(Instant from, Instant to) {
    /** No well-defined end (RFC 5280, 4.1.2.5). */
    private static final Instant FOREVER = Instant.parse("9999-12-31T23:59:59Z");

    /** What a device's clock may be behind. */
    private static final Duration BACKDATE = Duration.ofMinutes(5);

    static Term of(Optional<Duration> validity, Instant now) {
        Instant to =
                validity.map(now::plus).filter(end -> end.isBefore(FOREVER)).orElse(FOREVER);
        return new Term(now.minus(BACKDATE).truncatedTo(ChronoUnit.SECONDS), to.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Of a certificate by which one root vouches for another (RFC 4210, 4.4.1): as long as the one it is for, and no longer than who
     * vouches. It begins with the one it is for, though that may be before whoever vouches was there.
     */
    static Term ofLink(CertificateDer certified, IssuerKey by) {
        Instant end = certified.parsed().getNotAfter().toInstant();
        return new Term(
                certified.parsed().getNotBefore().toInstant(), end.isAfter(by.notAfter()) ? by.notAfter() : end);
    }

    Term within(IssuerKey parent) {
        return new Term(
                from.isBefore(parent.notBefore()) ? parent.notBefore() : from,
                to.isAfter(parent.notAfter()) ? parent.notAfter() : to);
    }
}
