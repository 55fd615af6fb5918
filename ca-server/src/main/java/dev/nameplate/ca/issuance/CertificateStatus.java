package dev.nameplate.ca.issuance;

import dev.nameplate.ca.revocation.RevocationReason;
import java.time.Instant;

/** Where a certificate stands. A held one counts as revoked until released. */
public sealed interface CertificateStatus {
    record Good() implements CertificateStatus {}

    record Revoked(Instant at, RevocationReason reason) implements CertificateStatus {}
}
