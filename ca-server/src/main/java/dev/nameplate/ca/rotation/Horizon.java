package dev.nameplate.ca.rotation;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.CertificateDer;
import java.time.Instant;
import java.util.Optional;

/**
 * When a cohort's chain stops working.
 *
 * @param endsFirst of the chain's certificates, from the issuer's to the root's, the one that ends first
 * @param shortensFrom since when certificates of this profile are cut short to end with their issuer; absent if they never are
 * @param size how many certificates that concerns now; absent while there is none
 */
public record Horizon(
        Cohort cohort,
        IssuerRecord.State state,
        CertificateDer endsFirst,
        Optional<Instant> shortensFrom,
        Optional<CohortSize> size,
        HorizonAlarm alarm) {

    public Instant stops() {
        return endsFirst.parsed().getNotAfter().toInstant();
    }
}
