package dev.nameplate.ca.approval;

import java.time.Duration;

/**
 * How requests wait for an operator.
 *
 * @param lasts how long one waits at most, and how long an approved one may be fetched
 * @param kept how long one that ended is remembered, so that a rejected device is told so
 * @param retry between what and what devices are told to ask again
 */
public record ApprovalSettings(Duration lasts, Duration kept, PendingRequests.Bounds bounds, Retry retry) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int MOST = 1_000_000;

    /** @param first the least a device is told to wait; what it has waited already counts */
    public record Retry(Duration first, Duration most) {}

    public ApprovalSettings {
        check("approval.lasts", lasts);
        check("approval.kept", kept);
        check("approval.retry-first", retry.first());
        check("approval.retry-most", retry.most());
        if (retry.most().compareTo(retry.first()) < 0) {
            throw new IllegalArgumentException(
                    "approval.retry-most is below approval.retry-first: " + retry.most() + ", " + retry.first());
        }
        if (bounds.perDevice() < 1 || bounds.all() < bounds.perDevice() || bounds.all() > MOST) {
            throw new IllegalArgumentException(
                    "approval.max-waiting and approval.max-waiting-per-device: the one is not"
                            + " at least the other, at least 1 and at most " + MOST);
        }
    }

    /** A week, remembered for a month; asked again after a minute to an hour; 10,000 at once, 4 of a device. */
    public static ApprovalSettings defaults() {
        return new ApprovalSettings(
                Duration.ofDays(7),
                Duration.ofDays(30),
                new PendingRequests.Bounds(10_000, 4),
                new Retry(Duration.ofMinutes(1), Duration.ofHours(1)));
    }

    private static void check(String key, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + " is not between a second and 365 days: " + value);
        }
    }
}
