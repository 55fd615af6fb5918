package dev.nameplate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SecretTest {
    @Test
    void doesNotShowItself() {
        assertThat(Secret.of("2468")).hasToString("***");
        assertThat(String.valueOf(Secret.of("2468"))).doesNotContain("2468");
    }

    @Test
    void givesCopiesOfItsCharactersAndBytes() {
        Secret secret = Secret.of("pä\u20ac");

        secret.chars()[0] = 'x';

        assertThat(secret.chars()).containsExactly('p', 'ä', '\u20ac');
        assertThat(secret.utf8()).isEqualTo("pä\u20ac".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsNothingOfTheArrayItWasMadeFrom() {
        char[] given = {'1', '2'};
        Secret secret = Secret.of(given);

        given[0] = 'x';

        assertThat(secret.chars()).containsExactly('1', '2');
    }

    @Test
    void isGoneWhenClosed() {
        Secret secret = Secret.of("2468");

        secret.close();

        assertThatThrownBy(secret::chars).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(secret::utf8).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void comparesByContent() {
        assertThat(Secret.of("2468").matches(Secret.of("2468"))).isTrue();
        assertThat(Secret.of("2468").matches(Secret.of("2469"))).isFalse();
        assertThat(Secret.of("2468").matches(Secret.of("24680"))).isFalse();
    }

    @Test
    void refusesToBeEmpty() {
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
