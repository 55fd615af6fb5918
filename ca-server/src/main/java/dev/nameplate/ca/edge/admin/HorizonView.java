package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.rotation.CohortSize;
import dev.nameplate.ca.rotation.Horizon;
import dev.nameplate.ca.rotation.HorizonAlarm;
import java.time.Instant;
import java.util.Optional;

/**
 * When the chain of a profile's certificates by one issuer generation stops working.
 *
 * @param stops when the first certificate of the chain ends
 * @param because the subject of that certificate: the issuer's own, or one above it
 * @param shortensFrom since when new certificates are cut short to end with their issuer; absent if they never are
 * @param fleet whom that concerns
 */
record HorizonView(
        IssuerGeneration issuer,
        ProfileName profile,
        IssuerRecord.State state,
        Instant stops,
        String because,
        HorizonAlarm alarm,
        Optional<Instant> shortensFrom,
        Fleet fleet) {

    /**
     * As last counted.
     *
     * @param certificates that have not ended
     * @param lastEnds when the last of them ends
     */
    record Fleet(long certificates, Optional<Instant> lastEnds) {}

    static HorizonView of(Horizon horizon) {
        return new HorizonView(
                horizon.cohort().issuer(),
                horizon.cohort().profile(),
                horizon.state(),
                horizon.stops(),
                horizon.endsFirst().parsed().getSubject().toString(),
                horizon.alarm(),
                horizon.shortensFrom(),
                new Fleet(
                        horizon.size().map(CohortSize::certificates).orElse(0L),
                        horizon.size().map(CohortSize::lastEnds)));
    }
}
