package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.IssuerGeneration;
import java.time.Instant;
import java.util.Optional;

/** What has to be waited for before a generation may end. */
public interface Outlook {
    /** When the last certificate that this generation issued expires; nothing if it issued none. */
    Optional<Instant> lastExpiry(IssuerGeneration generation);

    /** Whether every CRL of this generation is the last one, which stays for ever. */
    boolean lastCrlsPublished(IssuerGeneration generation);
}
