package dev.nameplate.ca.testkit;

import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import java.time.Instant;
import java.util.Optional;

/** A certificate in {@link MemoryLedger}. */
record MemoryRow(NewCertificate added, Instant issuedAt, Standing standing, Optional<Instant> firstUsedAt) {
    SerialNumber serial() {
        return added.certificate().serial();
    }

    boolean named(IssuerGeneration issuer, SerialNumber serial) {
        return added.issuer().equals(issuer) && serial().equals(serial);
    }

    boolean answers(CertificateQuery query) {
        return query.holder().map(added.holder()::equals).orElse(true)
                && query.profile().map(added.profile()::equals).orElse(true)
                && query.after()
                        .map(after -> serial().value().compareTo(after.value()) > 0)
                        .orElse(true);
    }

    Optional<Instant> revokedAt() {
        return standing.revokedAt();
    }

    MemoryRow with(Standing changed) {
        return new MemoryRow(added, issuedAt, changed, firstUsedAt);
    }

    MemoryRow usedFirst(Instant at) {
        return new MemoryRow(added, issuedAt, standing, Optional.of(at));
    }

    IssuedCertificate issued() {
        return new IssuedCertificate(
                added.certificate(),
                added.issuer(),
                added.profile(),
                added.holder(),
                added.label(),
                added.round(),
                standing,
                firstUsedAt);
    }
}
