package dev.nameplate.ca.lint;

import java.time.Instant;
import java.util.function.Consumer;

/** A certificate neither begins before nor ends after its issuer's. */
final class WithinIssuer implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        draft.signatory().certificate().ifPresent(issuer -> {
            Instant begins = issuer.parsed().getNotBefore().toInstant();
            Instant ends = issuer.parsed().getNotAfter().toInstant();
            if (draft.tbs().getStartDate().getDate().toInstant().isBefore(begins)) {
                finding.accept("notBefore is before the issuer's");
            }
            if (draft.tbs().getEndDate().getDate().toInstant().isAfter(ends)) {
                finding.accept("notAfter is after the issuer's");
            }
        });
    }
}
