package dev.nameplate.ca.crl;

import dev.nameplate.ca.audit.AuditEvent;
import java.util.List;

/** The newest CRL of every scope. Each change is atomic, its event included, and durable when it returns. */
public interface CrlRegister {
    /** In the order of their scopes; what is returned is durable. */
    List<PublishedCrl> all();

    /** Changes whenever one is recorded, and costs little to ask. */
    long version();

    /** @return false, and nothing changed, unless its number is the one after the scope's last, or 1 if there was none */
    boolean record(PublishedCrl crl, AuditEvent event);

    /** Every distribution point there ever was, each with the most shards it had. */
    List<CrlPoint> points();

    /** Remembers a distribution point for as long as certificates may name it. */
    void note(CrlPoint point);
}
