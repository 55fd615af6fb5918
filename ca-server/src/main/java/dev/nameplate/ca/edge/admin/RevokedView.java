package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when a certificate is revoked, and why.
 *
 * @param reason {@code certificate-hold} if it can be released
 * @param becomesFinal what a hold turns into if nobody releases it
 */
record RevokedView(
        Instant at, RevocationReason reason, Optional<Instant> invalidityDate, Optional<FinalityView> becomesFinal) {

    /** When a hold becomes a revocation for good, and why. */
    record FinalityView(Instant at, RevocationReason reason) {}

    static Optional<RevokedView> of(Standing standing) {
        return switch (standing) {
            case Standing.Good() -> Optional.empty();
            case Standing.Held held ->
                Optional.of(new RevokedView(
                        held.at(),
                        RevocationReason.CERTIFICATE_HOLD,
                        Optional.empty(),
                        held.becomes().map(end -> new FinalityView(end.at(), end.reason()))));
            case Standing.Revoked revoked ->
                Optional.of(
                        new RevokedView(revoked.at(), revoked.reason(), revoked.invalidityDate(), Optional.empty()));
        };
    }
}
