package dev.nameplate.ca.lint;

import java.util.function.Consumer;

/** A certificate neither begins before nor ends after its issuer's. */
final class WithinIssuer implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        if (draft.notBefore().isBefore(draft.signatory().notBefore())) {
            finding.accept("notBefore is before the issuer's");
        }
        if (draft.notAfter().isAfter(draft.signatory().notAfter())) {
            finding.accept("notAfter is after the issuer's");
        }
    }
}
