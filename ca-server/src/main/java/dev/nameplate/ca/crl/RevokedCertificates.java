package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** What is revoked or held now, for CRLs. */
public interface RevokedCertificates {
    /** The number of the newest change that is durable; never more than what is read after this. */
    long newestChange();

    /** Where certificates were held, revoked or released after this change: each scope with its newest change. */
    Map<CrlScope, Long> touchedAfter(long change);

    /**
     * Reads a scope's certificates as a stream, in no order: of a full one all, be they in a shard or not.
     *
     * @param expiredBefore those are left out that expired before
     * @param reader is done with them when it returns
     * @return what the reader made of it; what it read is durable then
     */
    <T> T read(CrlScope scope, Instant expiredBefore, Reader<T> reader) throws IOException;

    /** When the last certificate of this generation expires. */
    Optional<Instant> lastExpiry(IssuerGeneration issuer);

    /** Takes certificates one after the other. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Iterator<CrlEntry> entries) throws IOException;
    }
}
