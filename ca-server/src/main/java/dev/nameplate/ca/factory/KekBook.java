package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Key-encryption keys that replace one another. Each change is atomic, its event included, and durable when it returns. */
public interface KekBook {
    /**
     * A key that wraps now.
     *
     * @param recipient the station's key that it went to; absent if it was handed over before this was written down
     * @param bundleOut whether the station works with units that it drew ahead of time, whose keys are under it
     */
    record Current(Handover handover, Optional<SubjectPublicKeyInfo> recipient, boolean bundleOut) {
        /** As in {@code WO-1/line-1/2}. */
        @Override
        public String toString() {
            return handover.batch() + "/" + handover.number();
        }
    }

    /** A unit's wrapped key. */
    record Wrapped(DeviceId unit, byte[] octets) {
        public Wrapped {
            octets = octets.clone();
        }

        @Override
        public byte[] octets() {
            return octets.clone();
        }
    }

    /** A unit's key before and after it was wrapped anew. */
    record Rewrapped(Wrapped before, byte[] after) {
        public Rewrapped {
            after = after.clone();
        }

        @Override
        public byte[] after() {
            return after.clone();
        }
    }

    /** Of every batch that is open or paused, by batch and station. */
    List<Current> current();

    /** Writes down whose key it is that the present key went to. */
    void knows(BatchName batch, OperatorName station, SubjectPublicKeyInfo recipient);

    /**
     * Puts a key in the place of the one before it, which units' keys may be under for a while.
     *
     * @return false, and nothing changed, if the key on record is not the one before it, a bundle is out, or the batch is
     *     neither open nor paused: what its closing destroys is all there is
     */
    boolean replace(Handover next, AuditEvent event);

    /** Of every batch that is open or paused, by batch, station and number. */
    List<FormerKek> former();

    /** Of this batch, whatever its state. */
    List<FormerKek> former(BatchName batch);

    /** Some of the units' keys that are under it. */
    List<Wrapped> under(FormerKek former, int limit);

    long countUnder(FormerKek former);

    /** Writes down what was wrapped anew. A unit that got another key meanwhile keeps that. */
    void rewrapped(FormerKek former, List<Rewrapped> units, KekNumber next);

    /**
     * Writes down the end of a key.
     *
     * @param record what is said of it, in canonical JSON
     * @return false, and nothing changed, if that was done before
     */
    boolean destroyed(FormerKek former, byte[] record, AuditEvent event);

    /** What was said of the ends of this batch's keys, in their order. */
    List<byte[]> destructions(BatchName batch);
}
