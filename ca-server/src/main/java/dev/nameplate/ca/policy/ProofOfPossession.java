package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Verifier;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** Whoever wrote the CSR has the private key (RFC 7030, 3.4). */
record ProofOfPossession(Verifier verifier) implements CsrCheck {
    @Override
    public Optional<Refusal> objectionTo(Request request) {
        if (request.csr().proof().isEmpty()) {
            return Optional.of(new Refusal.ProofMissing());
        }
        var proof = request.csr().proof().get();
        SubjectKey key = request.key();
        return verifier.verifies(proof.algorithm(), key.info(), key.parameters(), proof.signed(), proof.signature())
                ? Optional.empty()
                : Optional.of(new Refusal.CsrSignatureWrong());
    }
}
