package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import java.util.List;
import java.util.Optional;

/** Every station. Each change is atomic, its event included, and durable when it returns. */
public interface StationRegister {
    /** @return false, and nothing changed, if the name is taken */
    boolean add(Station station, AuditEvent event);

    Optional<Station> find(OperatorName name);

    /** In the order of their names. */
    List<Station> list();

    /** The batches it is bound to, those that are closed left out. */
    List<BatchName> batchesOf(OperatorName name);
}
