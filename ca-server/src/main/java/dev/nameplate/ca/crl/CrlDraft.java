package dev.nameplate.ca.crl;

import dev.nameplate.ca.authority.CrlKey;
import dev.nameplate.ca.lint.ExpectedCrl;
import dev.nameplate.ca.pki.CrlScope;
import java.util.List;

/**
 * A CRL to be made.
 *
 * @param distributionPoint the URLs of the shard; empty for the CRL of everything
 */
record CrlDraft(CrlScope scope, CrlKey key, long number, CrlTimes times, List<String> distributionPoint) {
    CrlDraft {
        distributionPoint = List.copyOf(distributionPoint);
        if (scope.isFull() != distributionPoint.isEmpty()) {
            throw new IllegalArgumentException("a shard has a distribution point, and nothing else has: " + scope);
        }
    }

    ExpectedCrl expected(long entries) {
        return new ExpectedCrl(
                key.signatory(), number, times.thisUpdate(), times.nextUpdate(), entries, distributionPoint);
    }
}
