package dev.nameplate.ca.operator;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Everybody who has or had access to the operator door; names are never used again. */
public interface OperatorRegistry {
    /** @return false, and nothing changed, if the name is or was taken */
    boolean add(Operator operator, AuditEvent event);

    /** @return false, and nothing changed, if there is no active operator of that name or it is the last active admin */
    boolean remove(OperatorName name, Instant at, AuditEvent event);

    Optional<Operator> find(OperatorName name);

    List<Operator> list();
}
