package dev.nameplate.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen while the clock ran.
 *
 * @param latencies of the requests that were answered as expected
 * @param cpu what each party spent
 */
record Window(
        Duration elapsed, Latencies latencies, int failures, Optional<String> firstFailure, Map<Party, Duration> cpu) {
    enum Party {
        SERVER,
        DATABASE,
        CLIENT
    }

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    double perSecond() {
        return latencies.count() / (elapsed.toNanos() / NANOS_PER_SECOND);
    }

    double cpuMillisPerRequest(Party party) {
        return cpu.getOrDefault(party, Duration.ZERO).toNanos() / NANOS_PER_MILLI / latencies.count();
    }

    double latencyMillis(double share) {
        return latencies.percentile(share).toNanos() / NANOS_PER_MILLI;
    }
}
