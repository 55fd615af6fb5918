package dev.nameplate.ca.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file is a plan as the server wrote it, or the command ends with a line that says that it is none. */
public final class PlanFileFuzz {
    private PlanFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Path file = Files.createTempFile("fuzz", ".plan");
            try {
                PlanOnDisk.read(Files.write(file, input)).id();
            } finally {
                Files.delete(file);
            }
        } catch (CommandFailedException _) {
            // the one way to say no
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
