package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubjectAltTemplateTest {
    private final SubjectAltTemplate template = new SubjectAltTemplate(
            List.of("${device.id}.example.com"),
            List.of("${device.ip}"),
            List.of("urn:dev:${device.id}"),
            List.of("${device.id}@example.com"),
            Optional.of(new SubjectAltTemplate.HardwareModule("1.2.3.4", "${device.serial}")));

    @Test
    void makesEveryFormOfName() throws UnfitValueException {
        var names = template.with(Variables.ofDevice("s-17", Map.of("ip", "2001:db8::1", "serial", "SN-1")));

        assertThat(names).hasSize(5);
        assertThat(names.getFirst()).hasToString("2: s-17.example.com");
    }

    @Test
    void refusesAValueOfAnotherForm() {
        assertThatThrownBy(() -> template.with(Variables.ofDevice("s_17", Map.of("ip", "::1", "serial", "SN-1"))))
                .hasMessage("subject-alt-names.dns");
        assertThatThrownBy(() -> template.with(Variables.ofDevice("s-17", Map.of("ip", "localhost", "serial", "SN-1"))))
                .hasMessage("subject-alt-names.ip");
    }

    @Test
    void namesTheMissingAttribute() {
        assertThatThrownBy(() -> template.with(Variables.ofDevice("s-17", Map.of())))
                .hasMessage("device.ip");
    }

    @Test
    void refusesAFixedValueOfAnotherFormAtOnce() {
        assertThatThrownBy(() -> SubjectAltTemplate.ofDns("not a host")).hasMessageContaining("subject-alt-names.dns");
    }
}
