package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A slice of a batch that a station drew, and how much of its use was reported.
 *
 * @param keys who its units are encrypted to, and who signs its journal
 * @param signed the header as the CA signed it: CMS SignedData in DER
 * @param entries lines of the journal that are on record
 */
public record Bundle(BundleHeader header, Keys keys, byte[] signed, int entries, Ends ends) {
    /** @param recipient the SHA-256 of the SubjectPublicKeyInfo that the units are encrypted to */
    public record Keys(Sha256 recipient, SubjectPublicKeyInfo journal) {}

    /**
     * When it was over, and when a second journal of it turned up.
     *
     * @param settledAt when everything that was not used was revoked
     */
    public record Ends(Optional<Instant> endedAt, Optional<Instant> settledAt, Optional<Instant> alarmedAt) {
        public static final Ends NONE = new Ends(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Bundle {
        signed = signed.clone();
    }

    @Override
    public byte[] signed() {
        return signed.clone();
    }

    public boolean over() {
        return ends.endedAt().isPresent();
    }

    /** Whether this is the answer to the same wish. */
    boolean isFor(DrawOrder order) {
        return header.batch().equals(order.header().batch())
                && header.station().equals(order.header().station())
                && header.units() == order.header().units()
                && keys.equals(order.keys());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bundle that
                && header.equals(that.header)
                && keys.equals(that.keys)
                && Arrays.equals(signed, that.signed)
                && entries == that.entries
                && ends.equals(that.ends);
    }

    @Override
    public int hashCode() {
        return Objects.hash(header, entries, ends);
    }
}
