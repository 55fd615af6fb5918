package dev.nameplate.ca.edge.http;

import java.time.Duration;

/** Checks of settings; the message names the key, the bounds and the value. */
final class Bounds {
    private Bounds() {}

    static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is not " + least + " to " + most + ": " + value);
        }
    }

    static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + " is not " + least + " to " + most + ": " + value);
        }
    }
}
