package dev.nameplate.ca.factory;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A batch in numbers. */
public record BatchReport(Batch batch, Map<UnitState, Integer> counts, List<Hour> hours, Instant at) {
    private static final Duration HOUR = Duration.ofHours(1);

    public BatchReport {
        counts = Map.copyOf(counts);
        hours = List.copyOf(hours);
    }

    public Tally total() {
        return hours.stream().map(Hour::tally).reduce(Tally.NOTHING, Tally::plus);
    }

    /** Of a hundred units that came to an end, good ones; nothing while none did. */
    public static Optional<Double> yieldPercent(Tally tally) {
        int ended = tally.verified() + tally.scrapped();
        return ended == 0 ? Optional.empty() : Optional.of(Math.round(1000.0 * tally.verified() / ended) / 10.0);
    }

    /** How long a verified unit took on the whole, in that hour since the batch was made, to the millisecond. */
    public Optional<Duration> takt(Hour hour) {
        if (hour.tally().verified() == 0) {
            return Optional.empty();
        }
        Instant end = earlier(hour.from().plus(HOUR), at);
        Instant begin = batch.createdAt().isAfter(hour.from()) ? batch.createdAt() : hour.from();
        Duration length = end.isAfter(begin) ? Duration.between(begin, end) : HOUR;
        return Optional.of(length.dividedBy(hour.tally().verified()).truncatedTo(ChronoUnit.MILLIS));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
