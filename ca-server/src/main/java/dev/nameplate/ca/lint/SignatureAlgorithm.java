package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.Signatures;
import java.util.function.Consumer;

/** The algorithm named inside is the one the issuer signs with, parameters included, and its hash is not broken (RFC 5280, 4.1.2.3). */
final class SignatureAlgorithm implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        if (!draft.tbs().getSignature().equals(draft.signatory().algorithm())) {
            finding.accept("the signature field is not the algorithm the issuer signs with");
        }
        if (!Signatures.known(draft.tbs().getSignature())) {
            finding.accept(
                    "signature algorithm " + draft.tbs().getSignature().getAlgorithm() + " is not one to sign with");
        }
    }
}
