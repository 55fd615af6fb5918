package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchReportTest {
    private final Batch batch = Plant.with(5).batch();
    private final Instant made = batch.createdAt();

    @Test
    void countsTheTaktOfTheFirstHourFromWhenTheBatchWasMade() {
        assertThat(takt(made.minus(Duration.ofMinutes(50)), 3, made.plusSeconds(100)))
                .contains(Duration.ofMillis(33_333));
        assertThat(takt(made.minus(Duration.ofMinutes(50)), 2, made.plus(Duration.ofDays(1))))
                .contains(Duration.ofMinutes(5));
    }

    @Test
    void countsTheTaktOfAWholeHour() {
        assertThat(takt(made.plus(Duration.ofHours(2)), 1200, made.plus(Duration.ofDays(1))))
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void knowsNoTaktWhereNothingWasVerified() {
        assertThat(takt(made, 0, made.plusSeconds(10))).isEmpty();
    }

    private Optional<Duration> takt(Instant from, int verified, Instant now) {
        Hour hour = new Hour(Plant.LINE_1, from, new Tally(verified, 0, verified, 0, 0));
        return new BatchReport(batch, Map.of(), List.of(hour), now).takt(hour);
    }
}
