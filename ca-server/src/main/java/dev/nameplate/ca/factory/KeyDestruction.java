package dev.nameplate.ca.factory;

import java.util.Map;

/** Destroys what opens the wrapped keys of a batch, and with it every copy of them that the CA has, in backups too. */
@FunctionalInterface
public interface KeyDestruction {
    /** Where nothing was ever made that could be destroyed. */
    KeyDestruction NOTHING_TO_DESTROY = (_, _) -> Map.of();

    /**
     * Doing it again finds it done.
     *
     * @param end when, and on whose word
     * @return what the closing record says of it: strings, whole numbers as {@code Long}, lists and objects of these
     */
    Map<String, ?> destroy(Batch batch, ClosingRecord.End end);
}
