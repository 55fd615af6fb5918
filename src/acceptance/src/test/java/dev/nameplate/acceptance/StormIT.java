package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.bench.Storm;
import dev.nameplate.bench.StormOutcome;
import dev.nameplate.bench.StormSite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A small one of what {@code scripts/torture storm} does with as many devices as asked for. */
final class StormIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int DEVICES = 1_000;

    @Test
    void servesEveryDeviceOfACrowdAndTheNearlyExpiredFirst() {
        try (ProductHome home = ProductHome.create()) {
            home.changeSettings(
                    settings -> settings.replace("per-second: 5000               # of", "per-second: 100 # of")
                            .replace("waiting: 128", "waiting: 10")
                            .replace("at-work: 64", "at-work: 8"));

            StormOutcome outcome = new Storm(new Site(home)).run(DEVICES, 20, 64, PATIENCE);

            outcome.lines().forEach(System.out::println);
            assertThat(outcome.faults()).isEmpty();
            assertThat(outcome.turnedAway()).isPositive();
            assertThat(outcome.seconds()).isGreaterThan(DEVICES / 100 - 2.0);
        }
    }

    private record Site(ProductHome product) implements StormSite {
        @Override
        public Path home() {
            return product.path();
        }

        @Override
        public InetSocketAddress door() {
            return new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), product.ports().device());
        }

        @Override
        public String run(String... words) {
            return product.nameplate(words).requireDone().out();
        }

        @Override
        public Running serve() {
            ServerProcess server = product.serve();
            return new Running() {
                @Override
                public long pid() {
                    return server.pid();
                }

                @Override
                public void close() {
                    server.close();
                }
            };
        }
    }
}
