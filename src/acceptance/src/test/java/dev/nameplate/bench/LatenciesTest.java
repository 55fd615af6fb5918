package dev.nameplate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void takesTheNearestRank() {
        Latencies hundred =
                Latencies.of(LongStream.rangeClosed(1, 100).map(n -> 101 - n).toArray());

        assertThat(hundred.count()).isEqualTo(100);
        assertThat(hundred.percentile(0.50)).isEqualTo(Duration.ofNanos(50));
        assertThat(hundred.percentile(0.99)).isEqualTo(Duration.ofNanos(99));
        assertThat(hundred.percentile(1)).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void roundsTheRankUp() {
        Latencies three = Latencies.of(30, 10, 20);

        assertThat(three.percentile(0.01)).isEqualTo(Duration.ofNanos(10));
        assertThat(three.percentile(0.34)).isEqualTo(Duration.ofNanos(20));
        assertThat(three.percentile(0.99)).isEqualTo(Duration.ofNanos(30));
    }

    @Test
    void keepsWhatTheCallerGaveInItsOrder() {
        long[] measured = {3, 1, 2};

        assertThat(Latencies.of(measured).percentile(1)).isEqualTo(Duration.ofNanos(3));

        assertThat(measured).containsExactly(3, 1, 2);
    }

    @Test
    void hasNoPercentileOfNothing() {
        assertThatThrownBy(() -> Latencies.of().percentile(0.5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Latencies.of(1).percentile(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Latencies.of(1).percentile(1.01)).isInstanceOf(IllegalArgumentException.class);
    }
}
