package dev.nameplate.ca.factory.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads a manifest from its beginning to its end, one unit in memory at a time. */
public interface ManifestReader {
    /** Tells every unit in its order; what is wrong is told where it stands, and reading goes on where that is possible. */
    void read(InputStream manifest, Consumer<ManifestLine> lines) throws IOException;
}
