package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What stations drew. Each change is atomic, its events and its count against the quota included, and durable when it returns. */
public interface BundleRegister {
    /** What became of a wish for units. */
    sealed interface Draw {
        /** Now, or by an earlier call of the same name and content. */
        record Drawn(Bundle bundle) implements Draw {}

        /** @param alarm recorded although nothing else changes */
        record Refused(Refusal refusal, Optional<AuditEvent> alarm) implements Draw {
            static Refused because(Refusal refusal) {
                return new Refused(refusal, Optional.empty());
            }
        }
    }

    /** Takes the slice's ids from the batch's range or list, or makes them up, and counts them. */
    Draw draw(DrawOrder order);

    Optional<Bundle> find(BundleName bundle);

    /** Of a batch, in the order of their names. */
    List<Bundle> list(BatchName batch);

    /**
     * The ids of a slice, in their order.
     *
     * @param from counted from 1
     */
    List<DeviceId> units(BundleName bundle, int from, int limit);

    /**
     * What is on record of the journal, in its order.
     *
     * @param from counted from 1
     */
    List<Sha256> entries(BundleName bundle, int from, int limit);

    /**
     * Records lines of the journal by their hash. Those that are on record already stay.
     *
     * @param from the number of the first
     * @return false, and nothing changed, if another line is on record under one of these numbers, or they leave a gap
     */
    boolean record(BundleName bundle, int from, List<Sha256> lines, AuditEvent event);

    /** A second journal of a bundle turned up. */
    void alarm(BundleName bundle, AuditEvent event);

    /** Nothing is taken from it any more; what no certificate was made for goes back to the quota. */
    void end(BundleName bundle, Instant at, Cause cause);

    /** Over, or expired, and not settled. */
    List<Bundle> unsettled(Instant now, int limit);

    void settled(BundleName bundle, Instant at, Cause cause);
}
