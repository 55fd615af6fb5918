package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.AuditEvent;
import java.util.List;

/** Every generation of every issuer. Each change is atomic, its event included, and durable when it returns. */
public interface IssuerRegistry {
    /** @return false, and nothing changed, if that generation exists */
    boolean add(IssuerRecord issuer, AuditEvent event);

    /** Replaces state and chain of a generation. @return false if it does not exist */
    boolean update(IssuerRecord issuer, AuditEvent event);

    List<IssuerRecord> list();
}
