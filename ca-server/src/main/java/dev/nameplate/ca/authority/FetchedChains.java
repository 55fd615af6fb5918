package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Which devices fetched the chain of a generation that was published. */
public interface FetchedChains {
    /**
     * Notes that whoever has these certificates fetched these generations' chains. Certificates that this CA did not issue to a
     * device are passed over. Durable when it returns, and costs one transaction for all.
     */
    void note(Map<CertificateDer, Set<IssuerGeneration>> fetched);

    /**
     * How far a chain came. Reads every certificate of these issuers.
     *
     * @param issuers whose devices count: those with a certificate that is good and has not expired
     * @param since when it was published: a device that was issued a certificate after that counts as reached
     */
    Reach reach(IssuerGeneration published, Set<IssuerName> issuers, Instant since, Instant now);

    /** Forgets who fetched it. */
    void forget(IssuerGeneration generation);

    /** @param reached of the devices */
    record Reach(long devices, long reached) {
        private static final int ALL = 100;

        public Reach {
            if (reached < 0 || reached > devices) {
                throw new IllegalArgumentException(reached + " of " + devices + " devices were reached");
            }
        }

        /** Whether at least so many of a hundred were reached; where there are no devices, all were. */
        public boolean isAtLeast(int percent) {
            return reached * ALL >= devices * percent;
        }

        public int percent() {
            return devices == 0 ? ALL : (int) (reached * ALL / devices);
        }
    }
}
