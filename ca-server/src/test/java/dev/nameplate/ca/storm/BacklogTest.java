package dev.nameplate.ca.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BacklogTest {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long NOW = TimeUnit.SECONDS.toNanos(1_000_000);

    private final Backlog backlog = new Backlog(100, 10, LONGEST, new Random(1), NOW);

    @Test
    void spreadsThoseItSendsAwayOverTheTimeItTakesToServeThem() {
        List<Duration> told = promises(10_000, Lane.OTHERS);

        for (int second = 10; second < 90; second += 10) {
            Duration from = Duration.ofSeconds(second);
            long back = told.stream()
                    .filter(wait -> wait.compareTo(from) >= 0 && wait.compareTo(from.plusSeconds(10)) < 0)
                    .count();
            assertThat(back).as("back within %s and ten seconds more", from).isBetween(800L, 1200L);
        }
    }

    @Test
    void givesNoTwoOfACrowdTheSameOrder() {
        List<Duration> told = promises(1_000, Lane.OTHERS);

        assertThat(told).isNotEqualTo(told.stream().sorted().toList());
    }

    @Test
    void hasTheNearlyExpiredBackAsIfThereWereNoOthers() {
        List<Duration> others = promises(10_000, Lane.OTHERS);

        List<Duration> first = promises(300, Lane.NEARLY_EXPIRED);

        assertThat(first).allMatch(wait -> wait.compareTo(Duration.ofSeconds(5)) < 0);
        assertThat(others.getLast()).isGreaterThan(Duration.ofSeconds(80));
    }

    @Test
    void sendsTheOthersAwayForLongerWhereNearlyExpiredOnesAreWaiting() {
        promises(1_000, Lane.NEARLY_EXPIRED);

        assertThat(backlog.promise(Lane.OTHERS, NOW)).isGreaterThan(Duration.ofSeconds(8));
    }

    @Test
    void sendsNobodyAwayForLongerThanTheLimitNorForLessThanASecond() {
        List<Duration> told = promises(1_000_000, Lane.OTHERS);

        assertThat(told).allMatch(wait -> wait.compareTo(LONGEST) <= 0 && wait.toSeconds() >= 1);
        assertThat(told.subList(900_000, 1_000_000).stream().distinct().count()).isGreaterThan(90_000);
    }

    @Test
    void hasWhoeverItDoesNotKnowBackAtOnceWhileNobodyIsWaiting() {
        assertThat(backlog.promiseToAnyone(NOW)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void hasWhoeverItDoesNotKnowBackWithTheNearlyExpired() {
        promises(10_000, Lane.OTHERS);
        promises(300, Lane.NEARLY_EXPIRED);

        assertThat(backlog.promiseToAnyone(NOW)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void sendsThemAwayForLongerWhereTheMachineIsTooSlowForTheLimit() {
        IntStream.range(0, 500).forEach(_ -> backlog.served(TimeUnit.MILLISECONDS.toNanos(200)));

        List<Duration> told = promises(400, Lane.OTHERS);

        assertThat(told.getLast()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(11));
    }

    @Test
    void doesNotTakeAPauseInWhichNobodyCameForSlowness() {
        IntStream.range(0, 500).forEach(_ -> backlog.served(TimeUnit.MILLISECONDS.toNanos(20)));

        assertThat(promises(400, Lane.OTHERS).getLast()).isLessThan(Duration.ofSeconds(6));
    }

    private List<Duration> promises(int count, Lane lane) {
        return IntStream.range(0, count)
                .mapToObj(_ -> backlog.promise(lane, NOW))
                .toList();
    }
}
