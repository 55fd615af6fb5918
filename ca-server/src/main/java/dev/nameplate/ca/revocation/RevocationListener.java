package dev.nameplate.ca.revocation;

import java.util.List;

/** Keeps something that depends on where certificates stand. */
@FunctionalInterface
public interface RevocationListener {
    /**
     * These certificates stand elsewhere now. Called in order, by one thread at a time, after the changes are durable and before
     * whoever wanted them is answered; so it neither waits nor fails.
     */
    void changed(List<RevocationChange> changes);
}
