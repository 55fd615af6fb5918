package dev.nameplate.ca.adoption;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an issuer issued and revoked before it came here. Each call is atomic, and durable when it returns. */
public interface AdoptedHistory extends AdoptedSerials {
    /**
     * How certificates from elsewhere are recorded.
     *
     * @param profile by which they are renewed
     * @param register whether devices that nobody registered are registered
     */
    record Terms(ProfileName profile, LabelName label, boolean register) {}

    /**
     * A record, and the device that it is about.
     *
     * @param end when its certificate ends, at the latest
     */
    record Item(Past past, Optional<DeviceId> device, Instant end) {}

    /**
     * What was added just now.
     *
     * @param certificates with all their octets
     * @param serials by their serials alone
     * @param changed how many were good here, and are revoked or held now
     * @param devices that were registered
     * @param foreignKeys certificates whose key is on record as another device's
     */
    record Added(long certificates, long serials, long changed, long devices, long foreignKeys) {
        public static final Added NOTHING = new Added(0, 0, 0, 0, 0);

        Added and(Added more) {
            return new Added(
                    certificates + more.certificates,
                    serials + more.serials,
                    changed + more.changed,
                    devices + more.devices,
                    foreignKeys + more.foreignKeys);
        }
    }

    void note(AuditEvent event);

    /** Adds what is not there yet; what is there already stays as it is, but for being revoked. */
    Added add(IssuerGeneration issuer, Terms terms, List<Item> items, Cause cause);

    /**
     * From now on the issuer is one of ours. Once it is, it stays as it is, and only a higher CRL number is taken over.
     *
     * @param last the newest CRL that the CA before published
     */
    void conclude(IssuerRecord issuer, Optional<PublishedCrl> last, AuditEvent event);
}
