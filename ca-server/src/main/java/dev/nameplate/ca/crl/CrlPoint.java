package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;

/**
 * Certificates of this generation say that their shard of the CRL is at this URL.
 *
 * @param url with {@code ${shard}}, which stands for the name of the CRL
 * @param shards how many there are, from 1 on
 */
public record CrlPoint(IssuerGeneration issuer, String url, int shards) {
    private static final String SHARD = "${shard}";

    public CrlPoint {
        if (shards < 1 || shards > CrlScope.MAX_SHARDS) {
            throw new IllegalArgumentException("a CRL has 1 to " + CrlScope.MAX_SHARDS + " shards, not " + shards);
        }
        if (!url.contains(SHARD)) {
            throw new IllegalArgumentException("the URL of a CRL's shard is without " + SHARD + ": " + url);
        }
    }

    String of(CrlScope scope) {
        return url.replace(SHARD, scope.name());
    }
}
