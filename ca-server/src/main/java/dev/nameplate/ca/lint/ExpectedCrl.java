package dev.nameplate.ca.lint;

import java.time.Instant;
import java.util.List;

/**
 * What a CRL should be, told apart from how it was built.
 *
 * @param distributionPoint the URLs of the shard it is; empty for the CRL of everything
 */
public record ExpectedCrl(
        Signatory signatory,
        long number,
        Instant thisUpdate,
        Instant nextUpdate,
        long entries,
        List<String> distributionPoint) {
    public ExpectedCrl {
        distributionPoint = List.copyOf(distributionPoint);
    }
}
