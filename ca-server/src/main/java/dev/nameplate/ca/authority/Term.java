package dev.nameplate.ca.authority;

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

    Term within(IssuerKey parent) {
        return new Term(
                from.isBefore(parent.notBefore()) ? parent.notBefore() : from,
                to.isAfter(parent.notAfter()) ? parent.notAfter() : to);
    }
}
