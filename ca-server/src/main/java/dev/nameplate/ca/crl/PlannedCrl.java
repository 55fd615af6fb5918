package dev.nameplate.ca.crl;

import dev.nameplate.ca.authority.CrlKey;
import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.pki.CrlScope;
import java.util.List;

/**
 * A CRL that there has to be.
 *
 * @param distributionPoint the URLs of the shard; empty for the CRL of everything
 */
record PlannedCrl(CrlScope scope, CrlKey key, CrlTerms terms, List<String> distributionPoint) {
    PlannedCrl {
        distributionPoint = List.copyOf(distributionPoint);
    }
}
