package dev.nameplate.ca.station;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.factory.offline.BundleHeader;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleClockTest {
    private static final Instant DRAWN_AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final BundleHeader HEADER = new BundleHeader(
            new BundleName("0123456789abcdef0123456789abcdef"),
            new BatchName("WO-1"),
            new OperatorName("line-1"),
            10,
            DRAWN_AT,
            DRAWN_AT.plus(Duration.ofDays(3)),
            Sha256.of(new byte[] {1}));

    @ParameterizedTest
    @ValueSource(
            strings = {"1970-01-01T00:00:12Z", "2016-11-21T08:00:00Z", "2026-11-21T08:00:00Z", "2051-03-01T00:00:00Z"})
    void countsFromTheDrawingHoweverWrongTheStationsClockIs(Instant shownAtDrawing) {
        var clock = new BundleClock(HEADER, shownAtDrawing);

        Instant now = clock.now(shownAtDrawing.plus(Duration.ofHours(71)), Instant.MIN);

        assertThat(now).isEqualTo(DRAWN_AT.plus(Duration.ofHours(71))).isBefore(HEADER.expiresAt());
        assertThat(clock.now(shownAtDrawing.plus(Duration.ofHours(73)), Instant.MIN))
                .isAfter(HEADER.expiresAt());
    }

    @Test
    void putBackByYearsItDoesNotBringTimeBack() {
        var clock = new BundleClock(HEADER, DRAWN_AT);
        Instant latest = DRAWN_AT.plus(Duration.ofHours(80));

        assertThat(clock.now(DRAWN_AT.minus(Duration.ofDays(3650)), latest)).isEqualTo(latest);
        assertThat(clock.now(DRAWN_AT.minus(Duration.ofDays(3650)), Instant.MIN))
                .as("before anything was given out")
                .isEqualTo(DRAWN_AT);
    }

    @Test
    void putForwardByYearsTheBundleIsOverRatherThanOpenForEver() {
        var clock = new BundleClock(HEADER, DRAWN_AT);

        assertThat(clock.now(DRAWN_AT.plus(Duration.ofDays(3650)), Instant.MIN)).isAfter(HEADER.expiresAt());
    }
}
