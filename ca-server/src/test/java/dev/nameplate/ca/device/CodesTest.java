package dev.nameplate.ca.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.refusal.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodesTest {
    private final Door door = new Door();

    @Test
    void makesCodesOfFiveGroupsOfFive() {
        assertThat(new String(door.code().text().chars())).matches("[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}");
    }

    @Test
    void makesEachCodeAnew() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(new String(CodeText.random(new SecureRandom()).chars())))
                    .isTrue();
        }
    }

    @Test
    void saltsEveryCodeDifferently() {
        assertThat(door.code().code().hash().salt())
                .isNotEqualTo(door.code().code().hash().salt());
    }

    @Test
    void recordsWhoMadeACodeAndForHowLong() {
        CodeCreation.Created created =
                door.code(new CodeRequest(Door.SENSOR, Optional.of(Door.LABEL), Optional.of(Duration.ofHours(2))));

        assertThat(created.code().expiresAt()).isEqualTo(door.clock.instant().plus(Duration.ofHours(2)));
        assertThat(door.store.audit().events().getLast()).satisfies(event -> {
            assertThat(event.action()).isEqualTo("code.created");
            assertThat(event.subject()).isEqualTo("device:sensor-17");
            assertThat(event.facts())
                    .containsEntry("code", created.code().id().value())
                    .containsEntry("label", "line-1")
                    .hasSize(3);
        });
    }

    @Test
    void refusesAValidityBeyondTheSettings() {
        for (Duration validity : Set.of(
                Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(30).plusSeconds(1))) {
            assertThat(refused(new CodeRequest(Door.SENSOR, Optional.empty(), Optional.of(validity))))
                    .isInstanceOfSatisfying(
                            Refusal.FieldWrong.class,
                            it -> assertThat(it.field()).isEqualTo("validity"));
        }
        door.code(new CodeRequest(Door.SENSOR, Optional.empty(), Optional.of(Duration.ofDays(30))));
    }

    @Test
    void refusesALabelThatTakesNoCodes() {
        assertThat(refused(new CodeRequest(Door.SENSOR, Optional.of(new LabelName("typo")), Optional.empty())))
                .isEqualTo(new Refusal.FieldWrong("label", "no label typo takes codes"));
    }

    @Test
    void refusesDevicesThatAreUnknownOrNotActive() {
        var unknown = new DeviceId("sensor-99");
        assertThat(refused(new CodeRequest(unknown, Optional.empty(), Optional.empty())))
                .isEqualTo(new Refusal.DeviceUnknown(unknown));

        door.state(Device.State.HELD);
        assertThat(refused(wish())).isEqualTo(new Refusal.DeviceNotActive(Door.SENSOR, "held"));
    }

    @Test
    void boundsTheOpenCodesOfADevice() {
        CodeCreation.Created first = door.code();
        for (int i = 1; i < 8; i++) {
            door.code();
        }
        assertThat(refused(wish())).isInstanceOf(Refusal.NotPossibleNow.class);

        door.codes.cancel(first.code().id(), Cause.SYSTEM);
        door.code();
    }

    @Test
    void cancelsOnceAndSaysWhyNotTwice() {
        CodeId id = door.code().code().id();

        assertThat(door.codes.cancel(id, Cause.SYSTEM))
                .isInstanceOfSatisfying(
                        CodeCancellation.Cancelled.class,
                        it -> assertThat(it.code().cancelledAt()).contains(door.clock.instant()));
        assertThat(door.codes.cancel(id, Cause.SYSTEM))
                .isEqualTo(new CodeCancellation.Refused(
                        new Refusal.NotPossibleNow("code " + id, "it is used or cancelled already")));
        assertThat(door.store.audit().actions()).containsOnlyOnce("code.cancelled");
    }

    @Test
    void cancelsNothingThatIsNotThere() {
        assertThat(door.codes.cancel(new CodeId("0011223344556677"), Cause.SYSTEM))
                .isEqualTo(new CodeCancellation.Refused(new Refusal.NotFound("code 0011223344556677")));
    }

    @Test
    void settingsNameTheKeyThatIsWrong() {
        Duration day = Duration.ofDays(1);
        assertThatThrownBy(() -> new CodeSettings(day.plusSeconds(1), day, 8))
                .hasMessageContaining("codes.default-validity");
        assertThatThrownBy(() -> new CodeSettings(Duration.ZERO, day, 8))
                .hasMessageContaining("codes.default-validity");
        assertThatThrownBy(() -> new CodeSettings(day, day, 0)).hasMessageContaining("codes.max-live-per-device");
        assertThatThrownBy(() -> new AttemptLimits.Allowance(0, day)).hasMessageContaining("codes.attempts");
    }

    private static CodeRequest wish() {
        return new CodeRequest(Door.SENSOR, Optional.empty(), Optional.empty());
    }

    private Refusal refused(CodeRequest wish) {
        return switch (door.codes.create(wish, Cause.SYSTEM)) {
            case CodeCreation.Created created -> throw new AssertionError(created.code());
            case CodeCreation.Refused(var refusal) -> refusal;
        };
    }
}
