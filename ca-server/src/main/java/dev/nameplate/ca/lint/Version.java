package dev.nameplate.ca.lint;

import java.util.function.Consumer;

/** Version 3, and none of the unique identifiers that nobody may generate (RFC 5280, 4.1.2.1 and 4.1.2.8). */
final class Version implements Lint {
    private static final int V3 = 3;

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        if (draft.tbs().getVersionNumber() != V3) {
            finding.accept("version is " + draft.tbs().getVersionNumber() + ", not 3");
        }
        if (draft.tbs().getIssuerUniqueId() != null || draft.tbs().getSubjectUniqueId() != null) {
            finding.accept("it has a unique identifier");
        }
    }
}
