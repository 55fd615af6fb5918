package dev.nameplate.ca.rotation;

import java.time.Instant;
import java.util.Optional;

/** Who uses a service key now. */
public interface KeyKeeper {
    String purpose();

    /** When the key is replaced by itself. */
    Optional<Instant> next();

    Optional<Instant> certificateEnds();
}
