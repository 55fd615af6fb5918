package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.KnownCertificate;
import java.time.Instant;
import java.util.Optional;

/** Which certificates are to be renewed although their own time may not have come. Asked for every renewal, so from memory. */
@FunctionalInterface
public interface Calls {
    /** @return since when, if it is called for and may be renewed now */
    Optional<Instant> calledSince(KnownCertificate certificate);
}
