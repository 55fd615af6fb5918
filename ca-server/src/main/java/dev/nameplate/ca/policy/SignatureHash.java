package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.Signatures;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;
import org.bouncycastle.operator.DefaultSignatureNameFinder;

/** The CSR is signed with SHA-256 or better; not with MD5 or SHA-1. */
final class SignatureHash implements CsrCheck {
    private static final DefaultSignatureNameFinder NAMES = new DefaultSignatureNameFinder();

    /** The algorithm is named without its parameters, which may be nonsense. */
    @Override
    public Optional<Refusal> objectionTo(Request request) {
        return request.csr()
                .proof()
                .map(Csr.Proof::algorithm)
                .filter(algorithm -> !Signatures.known(algorithm))
                .map(
                        algorithm -> new Refusal.KeyWeak(
                                "the CSR is signed with " + NAMES.getAlgorithmName(algorithm.getAlgorithm())
                                        + "; sign it with ECDSA or RSA and SHA-256, SHA-384 or SHA-512, or with Ed25519 or ML-DSA"));
    }
}
