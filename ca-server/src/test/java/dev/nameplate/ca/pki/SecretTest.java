package dev.nameplate.ca.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void neverShowsItself() {
        Secret secret = Secret.of("open sesame");

        assertThat(secret).hasToString("***");
        assertThat(secret.hashCode()).isEqualTo(Secret.of("other").hashCode());
    }

    @Test
    void isEqualByContent() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of(new char[] {'a'})).isNotEqualTo(Secret.of("b"));
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of("aa"));
    }

    @Test
    void handsOutCopies() {
        char[] given = {'\u00fc', 'b'};
        Secret secret = Secret.of(given);
        given[0] = 'x';
        secret.chars()[1] = 'x';

        assertThat(secret.chars()).containsExactly('\u00fc', 'b');
        assertThat(secret.utf8()).isEqualTo("\u00fcb".getBytes(StandardCharsets.UTF_8));
    }
}
