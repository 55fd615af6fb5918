package dev.nameplate.ca.station;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A disk under a machine whose power may be cut at any moment. Each change is on it when it returns. */
public interface Disk {
    /** Cut off in the middle, any part of it may be there. */
    void append(Path file, byte[] content) throws IOException;

    /** Cut off in the middle, what was there before still is. Only the owner can read it. */
    default void replace(Path file, byte[] content) throws IOException {
        replaceAll(Map.of(file, content));
    }

    /** Cut off in the middle, some of them are as they were before, and the others whole. Only the owner can read them. */
    void replaceAll(Map<Path, byte[]> files) throws IOException;

    void cut(Path file, long length) throws IOException;
}
