package dev.nameplate.bench;

import java.util.Arrays;

/** What repeated measurements of one figure gave. */
record Spread(double median, double least, double most) {
    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurement was made");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
