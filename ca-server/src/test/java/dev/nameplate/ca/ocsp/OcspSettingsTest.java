package dev.nameplate.ca.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcspSettingsTest {
    @Test
    void lastHalfADayUnlessSomethingElseIsSaid() {
        assertThat(OcspSettings.defaults().lasts()).isEqualTo(Duration.ofHours(12));
    }

    @ParameterizedTest
    @CsvSource({
        "PT59S, PT0S, 1, 1, lasts",
        "PT25H, PT0S, 1, 1, lasts",
        "PT1H, PT31M, 1, 1, max-age",
        "PT1H, PT-1S, 1, 1, max-age",
        "PT1H, PT1M, 0, 1, kept-answers",
        "PT1H, PT1M, 1, 0, live-per-second"
    })
    void nameTheKeyThatIsWrong(Duration lasts, Duration maxAge, int kept, int live, String key) {
        assertThatThrownBy(() -> new OcspSettings(lasts, maxAge, kept, live))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " is not ");
    }
}
