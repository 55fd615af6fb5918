package dev.nameplate.ca.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Keeps the certificate of a station fresh: its commands call this before they use it. */
@FunctionalInterface
public interface StationRenewal {
    /** Where no station is. */
    StationRenewal NONE = (_, _) -> Optional.empty();

    /**
     * Renews the certificate if its time has come.
     *
     * @return what the user should know: that it could not be renewed though it is time, and why
     * @throws CommandFailedException if it is over and could not be renewed
     */
    Optional<String> renewIfDue(Path home, String name);
}
