package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.time.Instant;
import java.util.List;

/**
 * One generation of an issuer or root, as recorded.
 *
 * @param keyUri where its private key is (RFC 7512); empty if the key is not ours, as with an external root
 * @param chain its certificate first, then its parents up to the root
 */
public record IssuerRecord(
        IssuerGeneration generation, State state, String keyUri, List<CertificateDer> chain, Instant createdAt) {
    /** Prepared: has a key and perhaps a certificate. Published: handed out. Active: signs. Retired: status only. */
    public enum State {
        PREPARED,
        PUBLISHED,
        ACTIVE,
        RETIRED
    }

    public IssuerRecord {
        chain = List.copyOf(chain);
    }
}
