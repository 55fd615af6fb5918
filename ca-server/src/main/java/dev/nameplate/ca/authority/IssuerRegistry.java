package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.AuditEvent;
import java.util.List;

/** Every generation of every issuer. Each change is atomic, its event included, and durable when it returns. */
public interface IssuerRegistry {
    /** @return false, and nothing changed, if that generation exists */
    boolean add(IssuerRecord issuer, AuditEvent event);

    /** Replaces state, chain and links of a generation. @return false if it does not exist */
    boolean update(IssuerRecord issuer, AuditEvent event);

    /**
     * Moves generations together into other states.
     *
     * @return false, and nothing changed, if one of them is not in the state it is to leave
     */
    boolean move(List<Move> moves, AuditEvent event);

    List<IssuerRecord> list();

    /** Another number after every change, by whichever process; costs little. */
    long version();

    /** @param to the whole record as it is to be; its key and its beginning stay */
    record Move(IssuerRecord.State from, IssuerRecord to) {}
}
