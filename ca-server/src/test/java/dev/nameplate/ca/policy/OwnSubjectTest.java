package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnSubjectTest {
    private static final DeviceKey KEY = DeviceKey.p256();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CN=sensor-17",
                "CN=SENSOR-17",
                "CN=sensor-17,serialNumber=SN-4711",
                "UID=sensor-17",
                "O=Whoever,C=DE",
                "O=Whoever,CN=sensor-17"
            })
    void takesItsOwnNameAndWhatIsNotAName(String subject) {
        assertThat(objectionTo(subject)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=sensor-18",
                "CN=sensor-17,CN=sensor-18",
                "CN=sensor-17+UID=sensor-18",
                "CN=sensor-17,serialNumber=SN-4712"
            })
    void refusesAnothersName(String subject) {
        assertThat(objectionTo(subject)).get().isInstanceOf(Refusal.NotItsOwnName.class);
    }

    @Test
    void tellsWhichNameIsWrong() {
        assertThat(objectionTo("CN=sensor-18"))
                .contains(new Refusal.NotItsOwnName(new DeviceId("sensor-17"), "sensor-18"));
    }

    private static Optional<Refusal> objectionTo(String subject) {
        return new OwnSubject()
                .objectionTo(Asked.of(Csrs.by(KEY).subject(subject).csr()));
    }
}
