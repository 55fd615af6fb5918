package dev.nameplate.ca.revocation.bulk;

import java.time.Duration;

/**
 * Bulk revocation.
 *
 * @param perSecond how many certificates at most, 1 to 100,000
 * @param approvalAbove how many one operator may revoke alone; more takes a second one
 * @param finalAfter when a hold becomes final if nobody says; an hour to a year
 */
public record BulkSettings(int perSecond, int approvalAbove, Duration finalAfter) {
    private static final int FASTEST = 100_000;
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    public BulkSettings {
        if (perSecond < 1 || perSecond > FASTEST) {
            throw new IllegalArgumentException("revocation.per-second is not 1 to " + FASTEST + ": " + perSecond);
        }
        if (approvalAbove < 0) {
            throw new IllegalArgumentException("revocation.approval-above is below 0: " + approvalAbove);
        }
        if (finalAfter.compareTo(SHORTEST) < 0 || finalAfter.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "revocation.final-after is not " + SHORTEST + " to " + LONGEST + ": " + finalAfter);
        }
    }

    /** 5,000 a second; above 1,000 a second operator; 14 days. */
    public static BulkSettings defaults() {
        return new BulkSettings(5000, 1000, Duration.ofDays(14));
    }
}
