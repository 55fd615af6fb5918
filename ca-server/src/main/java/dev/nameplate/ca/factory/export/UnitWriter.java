package dev.nameplate.ca.factory.export;

import java.io.Closeable;
import java.io.IOException;

/** Writes units one by one, in one format. Closing ends the format; whoever opened the stream below closes that. */
public interface UnitWriter extends Closeable {
    /** @throws UnfitUnitException if the format cannot say this */
    void write(ExportUnit unit) throws IOException;
}
