package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;

/** A key-encryption key that another has replaced and that is not destroyed yet: units' keys may still be under it. */
public record FormerKek(BatchName batch, OperatorName station, Handover.Kek kek, Instant madeAt, Instant replacedAt) {
    public KekNumber number() {
        return new KekNumber(station, kek.number());
    }

    /** As in {@code WO-1/line-1/2}. */
    @Override
    public String toString() {
        return batch + "/" + number();
    }
}
