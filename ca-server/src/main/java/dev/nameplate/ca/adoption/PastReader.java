package dev.nameplate.ca.adoption;

import java.io.IOException;

/** Reads records of the CA before, one after the other: there may be more than fit in memory. */
@FunctionalInterface
interface PastReader {
    void read(Told told) throws IOException;

    /** Who hears what they say. */
    interface Told {
        /** @param where file and line, for people */
        void past(String where, Past past);

        void wrong(String where, String why);
    }
}
