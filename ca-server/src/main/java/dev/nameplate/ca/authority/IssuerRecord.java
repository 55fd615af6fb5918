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
 * @param links that came with it: they join roots of one name by each other's keys (RFC 9810, 4.4)
 * @param since when it came into this state
 */
public record IssuerRecord(
        IssuerGeneration generation,
        State state,
        String keyUri,
        List<CertificateDer> chain,
        List<CertificateDer> links,
        Instant createdAt,
        Instant since) {
    /**
     * Prepared: has a key and perhaps a certificate. Published: handed out, and does not sign certificates. Active: signs.
     * Retired: status only, until the last certificate has expired. Ending: has its last CRLs signed. Destroyed: its key is gone.
     */
    public enum State {
        PREPARED,
        PUBLISHED,
        ACTIVE,
        RETIRED,
        ENDING,
        DESTROYED;

        /** Whether it is among the certificates that everyone gets who asks what to trust. */
        public boolean handedOut() {
            return this == PUBLISHED || this == ACTIVE;
        }
    }

    public IssuerRecord {
        chain = List.copyOf(chain);
        links = List.copyOf(links);
    }

    /** Without links, and in this state from the beginning. */
    public IssuerRecord(
            IssuerGeneration generation, State state, String keyUri, List<CertificateDer> chain, Instant createdAt) {
        this(generation, state, keyUri, chain, List.of(), createdAt, createdAt);
    }

    /** The same from now on in another state. */
    public IssuerRecord in(State next, Instant from) {
        return new IssuerRecord(generation, next, keyUri, chain, links, createdAt, from);
    }

    IssuerRecord with(List<CertificateDer> newChain, List<CertificateDer> newLinks) {
        return new IssuerRecord(generation, state, keyUri, newChain, newLinks, createdAt, since);
    }

    boolean isRoot() {
        return chain.size() == 1;
    }
}
