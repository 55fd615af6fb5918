package dev.nameplate.ca.lint;

import java.util.List;

/**
 * What was about to be signed breaks a rule. No request can cause this: it is a wrong profile or a defect, so it is not a refusal,
 * and an operator must look. Nothing was signed.
 */
public final class LintFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> findings;

    LintFailedException(List<String> findings) {
        super("not signed, because it would break the rules: " + String.join("; ", findings));
        this.findings = List.copyOf(findings);
    }

    public List<String> findings() {
        return findings;
    }
}
