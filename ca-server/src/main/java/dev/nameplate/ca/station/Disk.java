package dev.nameplate.ca.station;

import java.io.IOException;
import java.nio.file.Path;

/** A disk under a machine whose power may be cut at any moment. Each change is on it when it returns. */
public interface Disk {
    /** Cut off in the middle, any part of it may be there. */
    void append(Path file, byte[] content) throws IOException;

    /** Cut off in the middle, what was there before still is. Only the owner can read it. */
    void replace(Path file, byte[] content) throws IOException;

    void cut(Path file, long length) throws IOException;
}
