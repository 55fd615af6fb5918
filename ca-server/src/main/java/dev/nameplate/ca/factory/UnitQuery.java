package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which units of a batch to list, in the order of their ids.
 *
 * @param overdueAt only those whose time to prove that they have their key was over then
 * @param after only ids above this one, for the next page
 */
public record UnitQuery(
        BatchName batch, Optional<UnitState> state, Optional<Instant> overdueAt, Optional<DeviceId> after, int limit) {
    public static UnitQuery all(BatchName batch, Optional<DeviceId> after, int limit) {
        return new UnitQuery(batch, Optional.empty(), Optional.empty(), after, limit);
    }
}
