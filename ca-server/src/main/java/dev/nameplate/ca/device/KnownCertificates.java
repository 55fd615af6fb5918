package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import java.time.Instant;
import java.util.Optional;

/** The certificates this CA issued, seen from the door: whose is the one presented, and may it still be used? */
public interface KnownCertificates {
    /** The certificate with exactly these octets, if it ever left this CA: one look-up, never from a cache. */
    Optional<KnownCertificate> find(CertificateDer certificate);

    /** Notes the first use; later calls change nothing. Does not wait; it is durable soon after. */
    void noteUse(CertificateDer certificate, Instant at);
}
