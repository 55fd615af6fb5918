package dev.nameplate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void saysWhetherItsGoalIsReachedAndHowFarItsReferenceIs() {
        Figure rate = Figure.of("rate", "/s", Spread.of(900, 1000, 950));
        Figure cost = Figure.of("cost", "ms", Spread.of(0.6));

        assertThat(rate.reached()).isEmpty();
        assertThat(rate.ratio()).isEmpty();
        assertThat(rate.atLeast(950, "").reached()).contains(true);
        assertThat(rate.atLeast(951, "").reached()).contains(false);
        assertThat(cost.atMost(0.6, "").reached()).contains(true);
        assertThat(cost.atMost(0.59, "").reached()).contains(false);
        assertThat(cost.beside("other", 0.3).ratio()).contains(2.0);
    }
}
