package dev.nameplate.ca.rotation;

import dev.nameplate.ca.audit.AuditEvent;
import java.util.List;

/** Every service key there was. Each change is atomic, its event included, and durable when it returns. */
public interface ServiceKeyBook {
    /** All, by purpose and number. */
    List<ServiceKey> list();

    /**
     * Records a new active key, and that the one before it of its purpose is retired from then on.
     *
     * @return false, and nothing changed, if the number is taken
     */
    boolean succeed(ServiceKey active, AuditEvent event);

    /** Records the end of a key. @return false, and nothing changed, if it is not retired */
    boolean destroyed(ServiceKey key, AuditEvent event);

    /** Records the end of a key that nothing follows. @return false, and nothing changed, if it was destroyed before */
    boolean ended(ServiceKey key, AuditEvent event);
}
