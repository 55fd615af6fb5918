package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.rotation.Cohort;
import dev.nameplate.ca.rotation.CohortSize;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CohortsIT extends OnBothDatabases {
    private static final Instant END = Samples.NOW.plus(Duration.ofDays(365));

    @Test
    void countsWhatHasNotEnded() {
        Ports ports = Ports.of(database());
        ports.devices().register(Samples.registered("a"), Samples.event("device.registered"));
        ports.ledger().record(Samples.added(1, "one", "a"), Samples.issued());
        ports.ledger().record(Samples.added(2, "two", "a"), Samples.issued());
        var cohorts = new JooqCohorts(database());

        assertThat(cohorts.census(Samples.NOW))
                .containsExactly(new CohortSize(new Cohort(Samples.ISSUER, Samples.PROFILE), 2, END));
        assertThat(cohorts.census(END)).isEmpty();
    }
}
