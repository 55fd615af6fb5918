package dev.nameplate.ca.audit;

/** Takes events that tell of no change: somebody was turned away, and it matters. */
@FunctionalInterface
public interface Notebook {
    /** Durable when it returns. */
    void note(AuditEvent event);
}
