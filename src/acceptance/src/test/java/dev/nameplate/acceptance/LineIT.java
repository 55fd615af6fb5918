package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.torture.LineTorture;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A short shift of what {@code scripts/torture line} does as long as asked for. */
final class LineIT {
    @Test
    void everyGoodUnitHasOneValidCertificateWhateverGoesWrong() {
        try (ProductHome home = ProductHome.create()) {
            var size = new LineTorture.Size(3, 60, 2);

            LineTorture.Outcome outcome = new LineTorture(home, size, new Random(), System.out::println).run();

            assertThat(outcome.faults()).isEmpty();
            assertThat(outcome.verified() + outcome.scrapped()).isEqualTo(60);
        }
    }
}
