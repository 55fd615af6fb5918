package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Every unit of every batch. Each change is atomic, with its event, its count against the quota and in the tally, the device it
 * registers and the certificate it revokes; and durable when it returns.
 */
public interface UnitRegister {
    /** @return empty if there is no such batch */
    Optional<UnitFacts> find(BatchName batch, DeviceId unit);

    /** @return a refusal also if there is no such batch */
    UnitChange apply(UnitOrder order, BatchName batch, DeviceId unit);

    /**
     * Records a certificate together with what {@link UnitIssue#on} says of it.
     *
     * @throws dev.nameplate.ca.issuance.SerialTakenException as {@link dev.nameplate.ca.issuance.Recorder} does
     */
    UnitRecording issue(UnitIssue issue, DeviceId unit, FreshCertificate fresh);

    /**
     * Takes public keys in, each with the device that will enrol with it.
     *
     * @return what became of each, in their order; empty if there is no such batch
     */
    List<Harvest.Result> harvest(Harvest harvest, BatchName batch, List<Harvest.Reading> readings);

    /** The wrapped key of the certificate a unit has now, if its key was made here. */
    Optional<KeyPackage> wrappedKey(DeviceId unit);

    /** Records that something was refused. */
    void tell(AuditEvent alarm);

    List<Unit> list(UnitQuery query);

    /** At most so many units, of any batch that revokes what is not verified in time, whose time is over. */
    List<Unit> overdue(Instant now, int limit);

    /**
     * Brings units of a closing batch to their end: verified ones are closed, all others scrapped.
     *
     * @return how many; if it is the limit there may be more
     */
    int finish(BatchName batch, Instant now, int limit, Cause cause);
}
