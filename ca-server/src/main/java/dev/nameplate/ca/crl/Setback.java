package dev.nameplate.ca.crl;

import java.time.Duration;
import java.time.Instant;

/** How often it failed in a row, and when it is tried again: after a second, two, four, at last a minute. */
record Setback(int failures, String reason, Instant at) {
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    Setback again(String newReason, Instant now) {
        return new Setback(failures + 1, newReason, now);
    }

    /** A clock that was set back keeps nobody waiting. */
    boolean rests(Instant now) {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Instant end = at.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
        return !now.isBefore(at) && now.isBefore(end);
    }
}
