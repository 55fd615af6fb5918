package dev.nameplate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OpensslSpeedTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

    @Test
    void readsRatesAsMicroseconds() {
        var speed = OpensslSpeed.parse(
                List.of("+DTP:256:sign:ecdsa:2", "+F4:3:256:50000.0:20000.0", "+F5:22:253:40000.0:0.000025"));

        assertThat(speed).isEqualTo(new OpensslSpeed(20, 50, 25));
    }

    @Test
    void addsUpWhatTheServerDoesInOneEnrolment() {
        var speed = new OpensslSpeed(20, 50, 25);

        assertThat(speed.keptAliveMicros()).isCloseTo(120, ROUNDING);
        assertThat(speed.enrolmentMicros()).isCloseTo(240, ROUNDING);
    }

    @Test
    void saysWhichLineIsMissing() {
        assertThatThrownBy(() -> OpensslSpeed.parse(List.of())).hasMessageContaining("+F4:");
    }
}
