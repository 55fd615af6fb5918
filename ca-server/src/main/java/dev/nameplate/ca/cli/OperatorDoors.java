package dev.nameplate.ca.cli;

import java.net.URI;
import java.nio.file.Path;

/** Knows from a home's settings where its operator door is. */
public interface OperatorDoors {
    /**
     * As in {@code https://127.0.0.1:9443}.
     *
     * @throws CommandFailedException if the home has no readable settings
     */
    URI of(Path home);
}
