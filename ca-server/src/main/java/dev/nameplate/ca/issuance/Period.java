package dev.nameplate.ca.issuance;

import dev.nameplate.ca.authority.IssuerKey;
import dev.nameplate.ca.policy.Validity;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** From when to when a certificate will be valid: within its issuer's time. */
record Period(Instant notBefore, Instant notAfter) {
    static Period of(Validity validity, IssuerKey issuer, Instant now, RandomGenerator random) {
        return new Period(
                later(validity.notBefore(now), issuer.notBefore()),
                earlier(validity.notAfter(now, random), issuer.notAfter()));
    }

    /** Why this issuer cannot sign with this validity now, if it cannot. A fixed end is kept or refused, never moved. */
    static Optional<String> objection(Validity validity, IssuerKey issuer, Instant now) {
        Optional<String> objection = issuer.objectionAt(now);
        if (objection.isEmpty() && validity instanceof Validity.Until(Instant end, var ignored)) {
            if (end.isAfter(issuer.notAfter())) {
                return Optional.of(
                        "its certificate ends at " + issuer.notAfter() + ", before the profile's fixed end " + end);
            }
            return now.isBefore(end) ? objection : Optional.of("the profile's fixed end " + end + " is over");
        }
        return objection;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
