package dev.nameplate.ca.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryTimesTest {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofHours(1);

    private final RetryTimes times = new RetryTimes(new ApprovalSettings.Retry(FIRST, MOST), new Random(17));

    @Test
    void staysWithinItsBounds() {
        assertThat(Stream.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(300))
                        .flatMap(waited -> many(waited).stream()))
                .allMatch(wait -> wait.compareTo(FIRST) >= 0 && wait.compareTo(MOST) <= 0);
    }

    @Test
    void growsWithWhatWasWaited() {
        assertThat(many(Duration.ZERO)).allMatch(wait -> wait.toSeconds() <= 72);
        assertThat(many(Duration.ofHours(1))).allMatch(wait -> wait.toMinutes() >= 12 && wait.toMinutes() <= 18);
    }

    @Test
    void doesNotSendEverybodyBackAtOnce() {
        assertThat(many(Duration.ZERO).stream().distinct().count()).isGreaterThan(5);
        assertThat(many(Duration.ofDays(7)).stream().distinct().count()).isGreaterThan(50);
    }

    private List<Duration> many(Duration waited) {
        return Stream.generate(() -> times.after(waited)).limit(200).toList();
    }
}
