package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.torture.TokenTorture;
import org.junit.jupiter.api.Test;

/** A round of what {@code scripts/torture token} does as often as asked for. */
final class TokenLossIT {
    private static final int CLIENTS = 4;

    @Test
    void goesOnInTheSameProcessWhenALostTokenIsBack() {
        try (ProductHome home = ProductHome.create()) {
            TokenTorture.Outcome outcome = new TokenTorture(home, CLIENTS, System.out::println).run(1);

            assertThat(outcome.faults()).isEmpty();
            assertThat(outcome.turnedAway()).isPositive();
        }
    }
}
