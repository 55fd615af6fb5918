package dev.nameplate.ca.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private static final DeviceId SENSOR = new DeviceId("sensor-17");

    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final Devices devices = new Devices(store.devices(), clock);

    @Test
    void registersAndFindsADevice() {
        devices.register(SENSOR, Map.of("site", "north"), Cause.SYSTEM);

        var device = new Device(SENSOR, Device.State.ACTIVE, Map.of("site", "north"), clock.instant());
        assertThat(devices.find(SENSOR)).contains(device);
        assertThat(devices.list(Optional.empty(), 10)).containsExactly(device);
    }

    @Test
    void recordsWhoRegisteredIt() {
        var cause = Cause.of(new Actor("operator:admin"), new RequestId("0123456789abcdef"));

        devices.register(SENSOR, Map.of("site", "north"), cause);

        assertThat(store.audit().events()).singleElement().satisfies(event -> {
            assertThat(event.actor()).isEqualTo(cause.actor());
            assertThat(event.request()).isEqualTo(cause.request());
            assertThat(event.facts()).containsEntry("site", "north");
        });
    }

    @Test
    void refusesATakenId() {
        devices.register(SENSOR, Map.of(), Cause.SYSTEM);

        assertThat(devices.register(SENSOR, Map.of("site", "south"), Cause.SYSTEM))
                .isEqualTo(new Registration.Refused(new Refusal.AlreadyExists("device sensor-17")));
        assertThat(store.audit().actions()).hasSize(1);
    }

    @Test
    void refusesAttributesThatNoDeviceHas() {
        for (Map<String, String> wrong :
                List.of(Map.of("Site", "x"), Map.of("site", ""), Map.of("site", "x".repeat(257)))) {
            assertThat(devices.register(SENSOR, wrong, Cause.SYSTEM))
                    .isInstanceOfSatisfying(
                            Registration.Refused.class,
                            it -> assertThat(it.refusal()).isInstanceOf(Refusal.FieldWrong.class));
        }
        assertThat(devices.find(SENSOR)).isEmpty();
    }
}
