package dev.nameplate.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a storm ended.
 *
 * @param answers how many by HTTP status
 * @param broken how many connections ended without an answer
 * @param strange answers that must not be
 */
public record StormOutcome(
        double seconds,
        int devices,
        int served,
        Map<Integer, Integer> answers,
        int broken,
        List<String> strange,
        Waits first,
        Waits others,
        long residentBytes) {
    /** 112 MB of heap, as much again for code, some 100 MB for classes, and 200 kB for each of 1,000 TLS connections. */
    private static final long MOST_MEMORY = 640L << 20;

    /** How long those of a lane waited from their first try to their certificate, in seconds, ascending. */
    public record Waits(double[] seconds, int mostTries) {
        static Waits of(List<StormDevice> lane) {
            return new Waits(
                    lane.stream()
                            .filter(StormDevice::hasItsCertificate)
                            .mapToDouble(StormDevice::waitedSeconds)
                            .sorted()
                            .toArray(),
                    lane.stream().mapToInt(StormDevice::tried).max().orElse(0));
        }

        double quantile(double share) {
            return seconds.length == 0
                    ? 0
                    : seconds[(int) Math.min(seconds.length - 1L, (long) (share * seconds.length))];
        }

        /** Of the slowest third. */
        double slowestThird() {
            return Arrays.stream(seconds)
                    .skip(seconds.length * 2L / 3)
                    .average()
                    .orElse(0);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "half within %.1f s, 99 %% within %.1f s, the last after %.1f s and at most %d tries",
                    quantile(0.5),
                    quantile(0.99),
                    quantile(1),
                    mostTries);
        }
    }

    /** What of the promises was not kept. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>(strange);
        if (served != devices) {
            faults.add((devices - served) + " devices have no certificate");
        }
        if (answers.keySet().stream()
                .anyMatch(status -> !List.of(200, 202, 429, 503).contains(status))) {
            faults.add("answers were " + answers);
        }
        if (turnedAway() > 0 && first.slowestThird() > Math.max(1.0, others.slowestThird())) {
            faults.add(String.format(
                    Locale.ROOT,
                    "the last third of the nearly expired waited for %.1f s, that of the others for %.1f s",
                    first.slowestThird(),
                    others.slowestThird()));
        }
        if (residentBytes > MOST_MEMORY) {
            faults.add("the server took " + (residentBytes >> 20) + " MB of memory");
        }
        return faults;
    }

    public int turnedAway() {
        return answers.getOrDefault(503, 0) + answers.getOrDefault(429, 0);
    }

    /** For the screen. */
    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d of %d devices have their certificate after %.1f s, %.0f a second",
                        served,
                        devices,
                        seconds,
                        served / seconds),
                "answers: " + new TreeMap<>(answers) + ", connections without one: " + broken,
                "nearly expired: " + first,
                "others:         " + others,
                "most memory of the server: " + residentBytes / 1_048_576 + " MB resident");
    }
}
