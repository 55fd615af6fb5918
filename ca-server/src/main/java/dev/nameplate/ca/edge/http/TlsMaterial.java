package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.CertificateDer;
import java.security.PrivateKey;
import java.util.List;

/**
 * What a door shows of itself.
 *
 * @param chain its certificate first, then its issuers; the root may be left out
 */
public record TlsMaterial(PrivateKey key, List<CertificateDer> chain) {
    public TlsMaterial {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a door needs at least its own certificate");
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "TlsMaterial[" + chain.getFirst() + "]";
    }
}
