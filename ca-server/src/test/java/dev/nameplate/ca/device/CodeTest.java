package dev.nameplate.ca.device;

import static dev.nameplate.ca.device.Purpose.ENROL;
import static dev.nameplate.ca.device.Purpose.REENROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Recipe;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodeTest {
    private static final Refusal UNKNOWN = new Refusal.NotAuthenticated();

    private final Door door = new Door();
    private final EnrolmentLabel label = Door.label(Way.CODE);

    @Test
    void identifiesItsDevice() {
        CodeCreation.Created created = door.code();

        AuthenticatedDevice device = door.identified(Door.with("sensor-17", created.text()), label, ENROL);

        assertThat(device.device().id()).isEqualTo(Door.SENSOR);
        assertThat(device.credential())
                .isEqualTo(new Credential.Code(created.code().id()));
    }

    @Test
    void isReadAsPeopleTypeIt() {
        String text = new String(door.code().text().chars());
        for (String typed : List.of(
                text.toLowerCase(Locale.ROOT),
                text.replace("-", ""),
                text.replace('-', ' '),
                text.replace('0', 'o'),
                text.replace('1', 'l'))) {
            door.identified(Door.with("sensor-17", Secret.of(typed)), label, ENROL);
        }
    }

    @Test
    void saysTheSameOfEverythingThatIsWrong() {
        Secret code = door.code().text();
        door.devices.register(new DeviceId("sensor-18"), Map.of(), Cause.SYSTEM);
        Secret wrong = Secret.of("00000-00000-00000-00000-00000");

        assertThat(List.of(
                        door.refused(Door.with("sensor-17", wrong), label, ENROL),
                        door.refused(Door.with("sensor-17", Secret.of("")), label, ENROL),
                        door.refused(Door.with("sensor-17", Secret.of("\u0000".repeat(25))), label, ENROL),
                        door.refused(Door.with("sensor-17", Secret.of("x".repeat(9000))), label, ENROL),
                        door.refused(Door.with("sensor-18", code), label, ENROL),
                        door.refused(Door.with("sensor-99", code), label, ENROL),
                        door.refused(Door.with("", code), label, ENROL),
                        door.refused(Door.with("no id!", code), label, ENROL)))
                .containsOnly(UNKNOWN);
    }

    @Test
    void doesNotRenew() {
        assertThat(door.refused(Door.with("sensor-17", door.code().text()), label, REENROL))
                .isInstanceOf(Refusal.NothingToRenew.class);
    }

    @Test
    void asksForCredentialsWhereThereAreNone() {
        assertThat(door.refused(Door.with(), label, ENROL)).isEqualTo(UNKNOWN);
        assertThat(door.refused(Door.with(), label, REENROL)).isInstanceOf(Refusal.NothingToRenew.class);
        assertThat(door.refused(Door.with(), Door.label(Way.CERTIFICATE), ENROL))
                .isEqualTo(new Refusal.WayNotAccepted(Door.LABEL, "request without a client certificate"));
    }

    @Test
    void isNotTakenWhereTheLabelTakesNone() {
        assertThat(door.refused(Door.with("sensor-17", door.code().text()), Door.label(Way.CERTIFICATE), ENROL))
                .isEqualTo(new Refusal.WayNotAccepted(Door.LABEL, "code"));
    }

    @Test
    void isNotTakenAfterItExpired() {
        CodeCreation.Created created = door.code();
        door.clock.advance(Duration.ofDays(1));

        assertThat(door.refused(Door.with("sensor-17", created.text()), label, ENROL))
                .isEqualTo(new Refusal.CodeExpired(Door.SENSOR, created.code().expiresAt()));
    }

    @Test
    void isNotTakenAfterItWasCancelled() {
        CodeCreation.Created created = door.code();
        door.codes.cancel(created.code().id(), Cause.SYSTEM);

        assertThat(door.refused(Door.with("sensor-17", created.text()), label, ENROL))
                .isEqualTo(new Refusal.CodeCancelled(Door.SENSOR));
    }

    @Test
    void isTakenUnderItsOwnLabelOnly() {
        Secret code = door.code(new CodeRequest(Door.SENSOR, Optional.of(Door.LABEL), Optional.empty()))
                .text();
        var other = new EnrolmentLabel(new LabelName("line-2"), Door.PROFILE, Set.of(Way.CODE), List.of());

        door.identified(Door.with("sensor-17", code), label, ENROL);

        assertThat(door.refused(Door.with("sensor-17", code), other, ENROL))
                .isEqualTo(new Refusal.WayNotAccepted(new LabelName("line-2"), "code for the label line-1"));
    }

    @Test
    void stillIdentifiesAfterItWasUsedSoThatALostReplyCanBeAskedForAgain() {
        CodeCreation.Created created = door.code();
        var credential = new Credential.Code(created.code().id());
        door.record(Recipe.leaf("CN=sensor-17").by(door.issuer).certificate(), Holder.of(Door.SENSOR), credential);
        door.clock.advance(Duration.ofDays(40));

        assertThat(door.identified(Door.with("sensor-17", created.text()), label, ENROL)
                        .credential())
                .isEqualTo(credential);
    }

    @Test
    void worksBesideOtherCodesOfTheDevice() {
        List<CodeCreation.Created> all = List.of(door.code(), door.code(), door.code());

        for (CodeCreation.Created one : all) {
            assertThat(door.identified(Door.with("sensor-17", one.text()), label, ENROL)
                            .credential())
                    .isEqualTo(new Credential.Code(one.code().id()));
        }
    }

    @Test
    void guessingADevicesCodeIsSlowedEvenForTheRightOne() {
        Secret code = door.code().text();
        guess(10, "sensor-17", "192.0.2.1");

        assertThat(door.refused(Door.with("sensor-17", code), label, ENROL))
                .isEqualTo(new Refusal.QuotaSpent("attempts for this device", Duration.ofSeconds(91)));
        door.clock.advance(Duration.ofSeconds(91));
        door.identified(Door.with("sensor-17", code), label, ENROL);
    }

    @Test
    void guessingFromOneSourceIsSlowedForAllDevices() {
        Secret code = door.code().text();
        for (int i = 0; i < 100; i++) {
            guess(1, "other-" + i, "2001:db8::" + i);
        }

        assertThat(door.refused(Door.from("2001:db8::ffff", "sensor-17", code), label, ENROL))
                .isInstanceOf(Refusal.QuotaSpent.class);
        door.identified(Door.from("2001:db8:0:1::1", "sensor-17", code), label, ENROL);
    }

    @Test
    void guessingDoesNotLockOutADeviceWithACertificate() {
        var certificate = door.issued(Recipe.leaf("CN=sensor-17"));
        guess(20, "sensor-17", "192.0.2.1");

        door.identified(Door.with(certificate), Door.label(Way.CERTIFICATE, Way.CODE), REENROL);
        door.identified(
                Door.with("sensor-17", Secret.of("wrong"), certificate), Door.label(Way.CERTIFICATE, Way.CODE), ENROL);
    }

    @Test
    void rightCodesAreNotCountedAsGuesses() {
        Secret code = door.code().text();
        for (int i = 0; i < 150; i++) {
            door.identified(Door.with("sensor-17", code), label, ENROL);
        }
    }

    @Test
    void isNeverShown() {
        CodeCreation.Created created = door.code();
        String text = new String(created.text().chars());
        PresentedIdentity who = Door.with("sensor-17", created.text());

        assertThat(created + " " + who + " " + created.code() + " "
                        + door.store.audit().events())
                .doesNotContain(text)
                .doesNotContain(text.replace("-", ""));
    }

    private void guess(int times, String user, String source) {
        for (int i = 0; i < times; i++) {
            door.authenticator.identify(Door.from(source, user, Secret.of("guess-" + i)), label, ENROL);
        }
    }
}
