package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** Where a CSR does not come through the TLS session of its key's owner, it cannot be linked to one. */
final class NoChallenges implements CsrCheck {
    @Override
    public Optional<Refusal> objectionTo(Request request) {
        return request.csr().attributes().contains(LinkedToSession.CHALLENGE_PASSWORD)
                        || request.csr().attributes().contains(LinkedToSession.EST_IDENTITY_LINKING)
                ? Optional.of(new Refusal.AttributeNotSupported(
                        "challengePassword or estIdentityLinking",
                        "it links a device's request to its TLS session (RFC 7030, 3.5); leave it out here"))
                : Optional.empty();
    }
}
