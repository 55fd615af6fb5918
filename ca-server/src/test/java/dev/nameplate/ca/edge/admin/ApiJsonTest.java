package dev.nameplate.ca.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiJsonTest {
    private final ApiJson json = new ApiJson();

    @Test
    void readsWordsAndAbsentFields() {
        assertThat(read("{\"id\":\"sensor-17\"}", NewDevice.class))
                .isEqualTo(new NewDevice(new DeviceId("sensor-17"), Optional.empty()));
        assertThat(read("{\"id\":\"s\",\"attributes\":{\"site\":\"north\"}}", NewDevice.class)
                        .attributes())
                .contains(Map.of("site", "north"));
        assertThat(read("{\"label\":\"line-1\",\"validity\":\"PT1H\"}", NewCode.class))
                .isEqualTo(new NewCode(Optional.of(new LabelName("line-1")), Optional.of(Duration.ofHours(1))));
        assertThat(read("{\"name\":\"a\",\"roles\":[\"auditor\"],\"csr\":\"\"}", NewOperator.class)
                        .roles())
                .isEqualTo(List.of(Role.AUDITOR));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id":"s","colour":"red"}                | colour           | unknown field
            {}                                       | id               | is missing
            {"id":null}                              | id               | is missing
            {"id":7}                                 | id               | a text is due
            {"id":["s"]}                             | id               | a text is due
            {"id":"a b"}                             | id               | device id is not 1 to 64
            {"id":"s","attributes":[]}               | attributes       | is not what belongs here
            {"id":"s","attributes":{"site":{}}}      | attributes.site  | is not what belongs here
            {"id":"s","attributes":{"site":7}}       | attributes.site  | is not what belongs here
            """)
    void namesTheFieldThatIsWrong(String body, String field, String why) {
        assertThatExceptionOfType(MalformedCallException.class)
                .isThrownBy(() -> read(body, NewDevice.class))
                .satisfies(e -> {
                    assertThat(e.fault().field()).contains(field);
                    assertThat(e.fault().detail()).contains(why);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "\"sensor-17\"",
                "{\"id\":\"s\"",
                "{\"id\":\"s\"} {}",
                "{\"id\":\"s\",\"id\":\"t\"}",
                "{'id':'s'}"
            })
    void refusesWhatIsNoSuchObject(String body) {
        assertThatExceptionOfType(MalformedCallException.class)
                .isThrownBy(() -> read(body, NewDevice.class))
                .satisfies(e -> assertThat(e.fault().status()).isEqualTo(400))
                .satisfies(
                        e -> assertThat(e.fault().detail()).hasSizeLessThan(400).doesNotContain("dev.nameplate"));
    }

    @Test
    void namesTheElementThatIsWrong() {
        assertThatExceptionOfType(MalformedCallException.class)
                .isThrownBy(
                        () -> read("{\"name\":\"a\",\"roles\":[\"admin\",\"king\"],\"csr\":\"x\"}", NewOperator.class))
                .satisfies(e -> {
                    assertThat(e.fault().field()).contains("roles[1]");
                    assertThat(e.fault().detail()).contains("admin, operator, auditor, station");
                });
    }

    @Test
    void refusesTooDeepNesting() {
        String deep = "{\"id\":" + "[".repeat(1000) + "]".repeat(1000) + "}";

        assertThatExceptionOfType(MalformedCallException.class).isThrownBy(() -> read(deep, NewDevice.class));
    }

    @Test
    void leavesAbsentFieldsOut() {
        assertThat(new String(
                        json.write(new NewCode(Optional.empty(), Optional.of(Duration.ofDays(1)))),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"validity\":\"PT24H\"}");
    }

    private <T> T read(String body, Class<T> type) {
        return json.read(body.getBytes(StandardCharsets.UTF_8), type);
    }
}
