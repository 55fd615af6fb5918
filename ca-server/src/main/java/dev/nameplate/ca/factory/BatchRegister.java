package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every work order. Each change is atomic, its event included, and durable when it returns. */
public interface BatchRegister {
    /** @return false, and nothing changed, if the name is taken */
    boolean create(Batch batch, AuditEvent event);

    /** Puts ids on the order's list; those that are on it already stay. @return how many are new */
    int allow(BatchName batch, Set<DeviceId> units, AuditEvent event);

    Optional<Batch> find(BatchName batch);

    /** At most {@code limit} batches after this one, in the order of their names. */
    List<Batch> list(Optional<BatchName> after, int limit);

    BatchChange apply(BatchOrder order, BatchName batch);

    /** Binds these stations to the batch, and no others. */
    BatchChange bind(BatchName batch, Set<OperatorName> stations, Instant at, Cause cause);

    /** Ends a closing batch. @return what is on record now: another process may have been quicker */
    byte[] close(BatchName batch, byte[] record, Instant at, Cause cause);

    Optional<byte[]> closingRecord(BatchName batch);

    /** How many units are in each state; those in none are left out. */
    Map<UnitState, Integer> count(BatchName batch);

    /** Oldest first. */
    List<Hour> hours(BatchName batch);
}
