package dev.nameplate.ca.storm;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Those that were sent away and will be back. Each is given a time of its own, one after the other as fast as they can be
 * served, so that they do not come back together; those of the lane that goes first are given theirs as if there were no others.
 * Not for more than one thread.
 */
final class Backlog {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /**
     * Turns that take long now, as after a start, may be short soon: what was measured is not believed below this part of the limit.
     * Who comes back too early is given another time, but nobody comes back earlier than told.
     */
    private static final double SLOWEST = 0.25;
    /** Weight of the newest turn in the time that turns take. */
    private static final double NEWEST = 0.05;

    private final double limit;
    private final int places;
    private final long longest;
    private final RandomGenerator random;
    private double nanosPerTurn;
    private long firstEnd;
    private long othersEnd;

    /**
     * @param perSecond at most
     * @param places how many are served at once: where that takes too long for so many a second, others wait for longer
     * @param now in nanoseconds, by the clock of all later calls
     */
    Backlog(int perSecond, int places, Duration longest, RandomGenerator random, long now) {
        this.limit = perSecond;
        this.places = places;
        this.longest = longest.toNanos();
        this.random = random;
        this.firstEnd = now;
        this.othersEnd = now;
    }

    /** Somebody was served, in so many nanoseconds. */
    void served(long nanos) {
        nanosPerTurn = (1 - NEWEST) * nanosPerTurn + NEWEST * nanos;
    }

    /** @return how long somebody who is sent away now shall stay away: at least a second, at random within its share */
    Duration promise(Lane lane, long now) {
        long step = (long) (SECOND / pace());
        othersEnd = Math.max(othersEnd, now) + step;
        if (lane == Lane.NEARLY_EXPIRED) {
            firstEnd = Math.max(firstEnd, now) + step;
            return spread(firstEnd - now);
        }
        return spread(othersEnd - now);
    }

    /** @return how long somebody shall stay away of whom nothing is known, so who may be one that goes first */
    Duration promiseToAnyone(long now) {
        return spread(Math.max(firstEnd - now, SECOND));
    }

    /** Some earlier, some later than their turn, since Retry-After counts whole seconds. */
    private Duration spread(long wait) {
        long share = Math.max(SECOND, wait / 4);
        long told = wait > longest
                ? longest - random.nextLong(longest / 2)
                : Math.min(longest, Math.max(SECOND, wait - share / 2 + random.nextLong(share)));
        return Duration.ofNanos(told);
    }

    /** How many are served in a second. */
    private double pace() {
        return Math.clamp(places * SECOND / Math.max(1, nanosPerTurn), limit * SLOWEST, limit);
    }
}
