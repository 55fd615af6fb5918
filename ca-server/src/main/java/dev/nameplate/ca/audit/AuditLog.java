package dev.nameplate.ca.audit;

import java.util.List;
import java.util.Optional;

/** The recorded trail. Events enter it only inside the transactions of the changes they tell of. */
public interface AuditLog {
    /** At most {@code limit} entries with a number above {@code after}, in order. */
    List<AuditEntry> entriesAfter(long after, int limit);

    Optional<AuditEntry> last();

    /** At most {@code limit} seals that cover an entry above {@code after}, in order. */
    List<AuditSeal> sealsAfter(long after, int limit);

    /** Durable when it returns. A seal for the same number by the same signer is recorded once. */
    void seal(AuditSeal seal);
}
