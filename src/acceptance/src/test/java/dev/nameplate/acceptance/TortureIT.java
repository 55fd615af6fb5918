package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.torture.KillTorture;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A few rounds of what {@code scripts/torture kill} does as often as asked for. */
final class TortureIT {
    private static final int CLIENTS = 8;

    @Test
    void losesNothingThatAClientReceivedWhenTheServerIsKilledOnTheEmbeddedDatabase() {
        try (ProductHome home = ProductHome.create()) {
            requireNothingLost(home, 2);
        }
    }

    @Test
    void losesNothingThatAClientReceivedWhenTheServerIsKilledOnPostgreSql() {
        try (PostgreSql database = PostgreSql.start();
                ProductHome home = ProductHome.create(Optional.of(database))) {
            requireNothingLost(home, 1);
        }
    }

    private static void requireNothingLost(ProductHome home, int rounds) {
        KillTorture.Outcome outcome = new KillTorture(home, CLIENTS, new Random(), System.out::println).run(rounds);

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.certificates()).isPositive();
    }
}
