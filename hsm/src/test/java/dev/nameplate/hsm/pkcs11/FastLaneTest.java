package dev.nameplate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FastLaneTest {
    private static final Duration QUICK = Duration.ofNanos(50_000);

    @Test
    void isOpenToCallsThatWereQuickManyTimesRunning() {
        FastLane lane = new FastLane(2);
        FastLane.Pace pace = new FastLane.Pace();
        assertThat(lane.tryEnter(pace)).isFalse();

        repeat(pace, 31);
        assertThat(lane.tryEnter(pace)).isFalse();
        repeat(pace, 1);

        assertThat(lane.tryEnter(pace)).isTrue();
    }

    @Test
    void isClosedAgainByOneSlowCall() {
        FastLane.Pace pace = new FastLane.Pace();
        repeat(pace, 100);

        pace.took(Duration.ofMillis(5));

        assertThat(new FastLane(2).tryEnter(pace)).isFalse();
    }

    @Test
    void leavesOneCarrierFree() {
        FastLane lane = new FastLane(3);
        FastLane.Pace pace = new FastLane.Pace();
        repeat(pace, 32);

        assertThat(lane.tryEnter(pace)).isTrue();
        assertThat(lane.tryEnter(pace)).isTrue();
        assertThat(lane.tryEnter(pace)).isFalse();
        lane.leave();
        assertThat(lane.tryEnter(pace)).isTrue();
        assertThat(new FastLane(1).tryEnter(pace)).isFalse();
    }

    private static void repeat(FastLane.Pace pace, int times) {
        for (int time = 0; time < times; time++) {
            pace.took(QUICK);
        }
    }
}
