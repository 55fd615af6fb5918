package dev.nameplate.ca.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IssuerGenerationTest {
    @Test
    void isReadAsItIsWritten() {
        var generation = new IssuerGeneration(new IssuerName("matter-pai"), 12);

        assertThat(IssuerGeneration.parse(generation.toString())).isEqualTo(generation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "devices",
                "devices/",
                "devices/0",
                "devices/01",
                "devices/-1",
                "devices/1/2",
                "/1",
                "devices/9999999"
            })
    void isReadInNoOtherForm(String text) {
        assertThatThrownBy(() -> IssuerGeneration.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
