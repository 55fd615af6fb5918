package dev.nameplate.ca.testkit;

import dev.nameplate.ca.issuance.LedgerUnavailableException;
import java.io.IOException;

/** Makes the next change of a fake fail as a database that went away would make it. */
final class NextFailure {
    private boolean armed;

    synchronized void arm() {
        armed = true;
    }

    synchronized void strike() {
        if (armed) {
            armed = false;
            throw new LedgerUnavailableException("the database is away", new IOException("told to fail"));
        }
    }
}
