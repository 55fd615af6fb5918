package dev.nameplate.bench;

import java.time.Duration;
import java.util.Arrays;

/** How long requests took. */
final class Latencies {
    private final long[] sortedNanos;

    private Latencies(long[] sortedNanos) {
        this.sortedNanos = sortedNanos;
    }

    static Latencies of(long... nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    int count() {
        return sortedNanos.length;
    }

    /**
     * The nearest rank: the smallest time that at least this share of the requests did not exceed.
     *
     * @param share above 0, at most 1
     */
    Duration percentile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is above 0 and at most 1: " + share);
        }
        if (sortedNanos.length == 0) {
            throw new IllegalStateException("no request was measured");
        }
        int rank = (int) Math.ceil(share * sortedNanos.length);
        return Duration.ofNanos(sortedNanos[rank - 1]);
    }
}
