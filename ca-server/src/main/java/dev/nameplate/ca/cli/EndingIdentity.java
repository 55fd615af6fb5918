package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.PemFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** Warns an operator whose certificate ends soon: in its last third, and in the last 30 days at most. */
final class EndingIdentity {
    private static final Duration EARLIEST = Duration.ofDays(30);
    private static final int PART = 3;

    private EndingIdentity() {}

    static Optional<String> warning(Path identityPem, Instant now) {
        if (!Files.exists(identityPem)) {
            return Optional.empty(); // whoever needs it says so
        }
        return PemFiles.certificates(identityPem).stream()
                .findFirst()
                .filter(certificate -> !now.isBefore(from(certificate)))
                .map(certificate -> "warning: the certificate in " + identityPem + " ends at "
                        + certificate.getNotAfter().toInstant() + "; renew it with `nameplate " + renewal(identityPem)
                        + "`");
    }

    /** A station has the file that says where it enrols. */
    private static String renewal(Path identityPem) {
        String name = identityPem.getFileName().toString().replaceFirst("\\.pem$", "");
        return Files.exists(identityPem.resolveSibling(name + ".station")) ? "station enrol " + name : "operator renew";
    }

    private static Instant from(X509CertificateHolder certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        Duration last = life.dividedBy(PART);
        return end.minus(last.compareTo(EARLIEST) < 0 ? last : EARLIEST);
    }
}
