package dev.nameplate.ca.approval;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to ask again: soon at first, then ever more seldom, as an answer that took hours will hardly come within the next minute.
 * It is a fifth more or less at random, so that devices which asked together do not come back together.
 */
final class RetryTimes {
    private static final int SHARE_OF_WHAT_PASSED = 4;
    private static final int SHARE_AT_RANDOM = 5;

    private final ApprovalSettings.Retry bounds;
    private final RandomGenerator random;

    RetryTimes(ApprovalSettings.Retry bounds, RandomGenerator random) {
        this.bounds = bounds;
        this.random = random;
    }

    /** In whole seconds, never outside the bounds. */
    Duration after(Duration waited) {
        Duration due = clamp(waited.dividedBy(SHARE_OF_WHAT_PASSED));
        Duration spread = due.dividedBy(SHARE_AT_RANDOM);
        long soonest = clamp(due.minus(spread)).toSeconds();
        long latest = clamp(due.plus(spread)).toSeconds();
        return Duration.ofSeconds(random.nextLong(soonest, latest + 1));
    }

    private Duration clamp(Duration wait) {
        if (wait.compareTo(bounds.first()) < 0) {
            return bounds.first();
        }
        return wait.compareTo(bounds.most()) > 0 ? bounds.most() : wait;
    }
}
