package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.FoundingException;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.config.SettingsException;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.hsm.VaultException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** What is broken in the world around a command that works on the home, in one line for whoever typed it. */
final class Faults {
    private Faults() {}

    static <T> T inWords(Supplier<T> work) {
        try {
            return work.get();
        } catch (SettingsException e) {
            throw CommandFailedException.fault("the settings cannot be used:" + System.lineSeparator() + "  "
                    + String.join(System.lineSeparator() + "  ", e.problems()));
        } catch (VaultException
                | LedgerUnavailableException
                | FoundingException
                | UncheckedIOException
                | IllegalArgumentException e) {
            throw CommandFailedException.fault(String.valueOf(e.getMessage()));
        }
    }
}
