package dev.nameplate.ca.renewal;

import dev.nameplate.ca.audit.AuditEvent;
import java.util.List;
import java.util.Optional;

/** Every pull. Each change is atomic, its event included, and durable when it returns. */
public interface PullStore {
    void add(Pull pull, AuditEvent event);

    Optional<Pull> find(PullId id);

    /** The newest first. */
    List<Pull> newest(int limit);

    /** Those that are not cancelled, the newest first. */
    List<Pull> inForce(int limit);

    /** @return false, and nothing changed, if it was cancelled before or does not exist */
    boolean cancel(PullId id, Pull.Word word, AuditEvent event);
}
