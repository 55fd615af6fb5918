package dev.nameplate.ca.lint;

import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.KeyUsage;

/** The CA bit, keyCertSign and what was meant agree; only a CA signs CRLs here (RFC 5280, 4.2.1.3 and 4.2.1.9). */
final class CaConsistency implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        if (draft.claimsCa() != draft.expected().ca()) {
            finding.accept(
                    "basicConstraints says CA:" + (draft.claimsCa() ? "TRUE" : "FALSE") + " against what was meant");
        }
        if (draft.mayUse(KeyUsage.keyCertSign) != draft.claimsCa()) {
            finding.accept("keyCertSign and the CA bit do not agree");
        }
        if (draft.mayUse(KeyUsage.cRLSign) && !draft.claimsCa()) {
            finding.accept("cRLSign without the CA bit");
        }
    }
}
