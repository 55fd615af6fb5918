package dev.nameplate.ca.cli;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Warns an operator whose certificate ends soon: in its last third, and in the last 30 days at most. */
final class EndingIdentity {
    private static final Duration EARLIEST = Duration.ofDays(30);
    private static final int PART = 3;

    private EndingIdentity() {}

    static Optional<String> warning(Path identityPem, Instant now) {
        return PemFile.read(identityPem).certificates().stream()
                .findFirst()
                .filter(certificate -> !now.isBefore(from(certificate)))
                .map(certificate -> "warning: the certificate in " + identityPem + " ends at "
                        + certificate.getNotAfter().toInstant() + "; renew it with `nameplate operator renew`");
    }

    private static Instant from(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        Duration last = life.dividedBy(PART);
        return end.minus(last.compareTo(EARLIEST) < 0 ? last : EARLIEST);
    }
}
