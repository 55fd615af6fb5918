package dev.nameplate.ca.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    /** RFC 8785, 3.2.2.2 and 3.2.3. */
    @Test
    void escapesAndSortsAsRfc8785Says() {
        assertThat(text(Map.of("string", "\u20ac$\u000f\nA'B\"\\\\\"/")))
                .isEqualTo("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        assertThat(text(Map.of("\u20ac", "Euro", "\r", "CR", "\ud83d\ude00", "smiley", "1", "One", "\ufb33", "Hebrew")))
                .isEqualTo(
                        "{\"\\r\":\"CR\",\"1\":\"One\",\"\u20ac\":\"Euro\",\"\ud83d\ude00\":\"smiley\",\"\ufb33\":\"Hebrew\"}");
    }

    @Test
    void writesEveryShortEscape() {
        assertThat(text(Map.of("a", "\b\t\n\f\r\u0001\u001f\u007f")))
                .isEqualTo("{\"a\":\"\\b\\t\\n\\f\\r\\u0001\\u001f\u007f\"}");
    }

    @Test
    void writesNumbersObjectsAndLists() {
        assertThat(text(Map.of("n", 7L, "e", Map.of(), "l", List.of("x", "y"))))
                .isEqualTo("{\"e\":{},\"l\":[\"x\",\"y\"],\"n\":7}");
    }

    @Test
    void hasNoFormForAnythingElse() {
        assertThatThrownBy(() -> text(Map.of("n", 1.5))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(Map<String, ?> members) {
        return new String(CanonicalJson.octets(members), StandardCharsets.UTF_8);
    }
}
