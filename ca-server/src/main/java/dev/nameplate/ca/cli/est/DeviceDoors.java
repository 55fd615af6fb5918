package dev.nameplate.ca.cli.est;

import java.net.URI;
import java.nio.file.Path;

/** Knows from a home's settings where its device door is, as in {@code https://localhost:8443}. */
@FunctionalInterface
public interface DeviceDoors {
    URI of(Path home);
}
