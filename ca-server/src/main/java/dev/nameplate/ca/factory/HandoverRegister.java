package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import java.util.List;
import java.util.Optional;

/** Every key-encryption key that was handed over. Each change is atomic, its event included, and durable when it returns. */
public interface HandoverRegister {
    Optional<Handover> find(BatchName batch, OperatorName station);

    /** In the order of the stations' names. */
    List<Handover> list(BatchName batch);

    /** @return what is on record now: the first one stays */
    Handover record(Handover handover, AuditEvent event);
}
