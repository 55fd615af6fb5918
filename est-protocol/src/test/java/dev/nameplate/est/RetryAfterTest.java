package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("0", NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("9999999999", NOW)).contains(Duration.ofSeconds(9_999_999_999L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
            })
    void readsTheThreeFormsOfDate(String header) {
        assertThat(RetryAfter.parse(header, NOW)).contains(Duration.ofSeconds(37));
    }

    @Test
    void doesNotWaitForADateGoneBy() {
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:48:37 GMT", NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"soon", "-1", "1.5", "12345678901", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994"})
    void findsNothingInTheRest(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @Test
    void writesWholeSecondsRoundedUp() {
        assertThat(RetryAfter.format(Duration.ofSeconds(30))).isEqualTo("30");
        assertThat(RetryAfter.format(Duration.ofMillis(1))).isEqualTo("1");
        assertThat(RetryAfter.format(Duration.ofSeconds(-5))).isEqualTo("0");
    }
}
