package dev.nameplate.ca.renewal;

import static dev.nameplate.ca.testkit.SampleProfiles.LDEVID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.TestCa;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullsTest {
    private static final Pull.Why WHY = new Pull.Why("weak firmware", Optional.empty());

    private final TestCa ca = TestCa.founded().registered("sensor-17", Map.of("product", "s1", "firmware", "2"));
    private final DeviceKey key = DeviceKey.p256();
    private final IssuedCertificate first = TestCa.issued(ca.enrollment.enroll(
            ca.withCode("sensor-17"),
            TestCa.label(LDEVID),
            Csrs.by(key).subject("CN=sensor-17").csr(),
            TestCa.REQUEST));

    @Test
    void advisesTheWindowOfTheProfileAndTheSameEveryTime() {
        Advice advice = advisor().adviceFor(known());

        Instant due = first.notAfter().minus(ca.profiles.named(LDEVID).renewal().window());
        assertThat(advice.window().start()).isAfterOrEqualTo(due);
        assertThat(advice.window().end()).isBefore(first.notAfter());
        assertThat(advice.why()).isEmpty();
        assertThat(advisor().adviceFor(known()).window()).isEqualTo(advice.window());
        assertThat(advice.askAgain()).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
    }

    @Test
    void pullsACohortForwardAndSaysWhy() {
        pull(Map.of("attribute.product", "s1"));

        Advice advice = advisor().adviceFor(known());

        assertThat(advice.window().start()).isAfterOrEqualTo(start());
        assertThat(advice.window().end()).isBeforeOrEqualTo(end());
        assertThat(advice.why()).contains(WHY);
    }

    @ParameterizedTest
    @CsvSource({
        "attribute.product, s1, true",
        "attribute.product, s2, false",
        "attribute.firmware, 2, true",
        "attribute.chip, x, false",
        "profile, ldevid, true",
        "profile, idevid, false",
        "issuer, devices, true",
        "issuer, root, false",
        "generation, devices/1, true",
        "generation, devices/2, false",
        "key, ec-p256, true",
        "key, rsa-2048, false"
    })
    void knowsWhomAPullConcerns(String name, String value, boolean concerned) {
        pull(Map.of(name, value));

        assertThat(ca.pulls.concerning(known()).isPresent()).isEqualTo(concerned);
    }

    @Test
    void renewsForTheSameKeyOnceItIsCalledAndNotASecondTime() {
        IssuedCertificate second = renewed();
        assertThat(renewed()).as("not due").isEqualTo(second);
        ca.clock.advance(Duration.ofHours(1));
        pull(Map.of("profile", "ldevid"));
        assertThat(renewed()).as("its window has not begun").isEqualTo(second);
        ca.clock.advance(Duration.ofHours(2));

        IssuedCertificate third = renewed();

        assertThat(third.serial()).isNotEqualTo(second.serial());
        assertThat(renewed()).isEqualTo(third);
        assertThat(ca.pulls.concerning(known(third)))
                .as("issued after the pull")
                .isEmpty();
    }

    @Test
    void letsDevicesGoByTheirOwnTimeAgainOnceItIsCancelled() {
        Pull pull = pull(Map.of("profile", "ldevid"));

        assertThat(ca.pulls.cancel(pull.id(), Cause.SYSTEM))
                .isInstanceOfSatisfying(
                        PullOutcome.Done.class,
                        done -> assertThat(done.pull().cancelled()).isPresent());

        assertThat(ca.pulls.concerning(known())).isEmpty();
        assertThat(ca.pulls.newest(10)).hasSize(1);
        assertThat(ca.store.audit().entriesAfter(0, 100))
                .extracting(entry -> entry.event().action())
                .contains("renewal.pulled", "renewal.cancelled");
    }

    @Test
    void followsThePullThatEndsFirst() {
        Pull later = done(ca.pulls.pull(
                selector(Map.of("profile", "ldevid")),
                new Window(start(), end().plus(Duration.ofDays(30))),
                WHY,
                Cause.SYSTEM));
        Pull sooner = pull(Map.of("profile", "ldevid"));

        assertThat(ca.pulls.concerning(known())).contains(sooner);
        assertThat(later).isNotEqualTo(sooner);
    }

    @Test
    void putsNothingOff() {
        ca.clock.set(first.notAfter().minus(Duration.ofHours(12)));
        var tooLate = new Window(
                ca.clock.instant().plus(Duration.ofDays(10)), ca.clock.instant().plus(Duration.ofDays(20)));
        ca.pulls.pull(selector(Map.of("profile", "ldevid")), tooLate, WHY, Cause.SYSTEM);

        assertThat(advisor().adviceFor(known()).window().end()).isBefore(first.notAfter());
    }

    @Test
    void refusesAWindowThatIsOver() {
        var over = new Window(
                ca.clock.instant().minusSeconds(10), ca.clock.instant().minusSeconds(1));

        assertThat(ca.pulls.pull(selector(Map.of("profile", "ldevid")), over, WHY, Cause.SYSTEM))
                .isEqualTo(new PullOutcome.Refused(new Refusal.FieldWrong("end", "it is not in the future")));
    }

    @Test
    void spreadsTheCertificatesOfACohortOverTheWholeWindow() {
        var window = new Window(start(), start().plus(Duration.ofHours(8)));
        List<Window> shares = IntStream.range(0, 400)
                .mapToObj(i -> window.shareOf(Sha256.of(new byte[] {(byte) i, (byte) (i >> 8)})))
                .toList();

        assertThat(shares)
                .allMatch(share -> !share.start().isBefore(window.start())
                        && !share.end().isAfter(window.end())
                        && Duration.between(share.start(), share.end()).equals(Duration.ofHours(2)));
        for (int hour = 0; hour < 6; hour++) {
            Instant from = window.start().plus(Duration.ofHours(hour));
            assertThat(shares.stream()
                            .filter(share -> !share.start().isBefore(from)
                                    && share.start().isBefore(from.plus(Duration.ofHours(1))))
                            .count())
                    .isBetween(40L, 95L);
        }
    }

    @Test
    void takesNoSelectionThatMeansEverything() {
        assertThatThrownBy(() ->
                        new Selector(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsASelectionFromItsOwnWords() {
        var selector = new Selector(
                Map.of("batch", "7", "product", "s1"),
                Optional.of(new ProfileName("ldevid")),
                Optional.of(new IssuerName("devices")),
                Optional.of(first.issuer()),
                Optional.of(KeyAlgorithm.EC_P256));

        assertThat(Selector.of(selector.words())).isEqualTo(selector);
    }

    private Pull pull(Map<String, String> words) {
        return done(ca.pulls.pull(selector(words), new Window(start(), end()), WHY, Cause.SYSTEM));
    }

    private static Pull done(PullOutcome outcome) {
        return ((PullOutcome.Done) outcome).pull();
    }

    private static Selector selector(Map<String, String> words) {
        return Selector.of(words);
    }

    private Instant start() {
        return ca.clock.instant().plus(Duration.ofHours(1));
    }

    private Instant end() {
        return ca.clock.instant().plus(Duration.ofHours(9));
    }

    private Advisor advisor() {
        return new Advisor(ca.profiles, ca.pulls, Duration.ofHours(1), new Random(1));
    }

    private IssuedCertificate renewed() {
        return TestCa.issued(ca.enrollment.reenroll(
                device(first),
                TestCa.label(LDEVID),
                Csrs.by(key).subject("CN=sensor-17").csr(),
                TestCa.REQUEST));
    }

    private KnownCertificate known() {
        return known(first);
    }

    private KnownCertificate known(IssuedCertificate certificate) {
        return device(certificate).certificate().orElseThrow();
    }

    private AuthenticatedDevice device(IssuedCertificate certificate) {
        return ca.withCertificate(certificate.certificate(), Purpose.REENROL);
    }
}
