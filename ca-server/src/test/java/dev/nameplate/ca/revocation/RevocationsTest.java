package dev.nameplate.ca.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.Recipe;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final IssuerGeneration GENERATION = new IssuerGeneration(new IssuerName("devices"), 1);
    private static final Cause CAUSE = Cause.of(new Actor("operator:admin"), new RequestId("0123456789abcdef"));

    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final Instant now = clock.instant();
    private final RevocationFeed feed = store.feed();
    private final Revocations revocations = new Revocations(store.revocations(), feed, clock);
    private final CertificateDer certificate =
            Recipe.leaf("CN=sensor-17").selfSigned().certificate();
    private final SerialNumber serial = certificate.serial();

    RevocationsTest() {
        store.ledger()
                .record(
                        new NewCertificate(
                                certificate,
                                GENERATION,
                                new ProfileName("ldevid"),
                                Holder.parse("device:sensor-17"),
                                LabelName.NONE,
                                new Credential.Itself("test"),
                                0,
                                0),
                        CAUSE.event(now, "certificate.issued", "device:sensor-17", Map.of()));
    }

    @Test
    void revokesAndSaysWhoWantedIt() {
        assertThat(revoke(serial))
                .isEqualTo(new Revocation.Changed(
                        new Standing.Revoked(now, RevocationReason.KEY_COMPROMISE, Optional.empty())));

        assertThat(store.known().find(certificate).orElseThrow().revokedAt()).contains(now);
        assertThat(store.audit().events().getLast()).satisfies(event -> {
            assertThat(event.action()).isEqualTo("certificate.revoked");
            assertThat(event.actor()).isEqualTo(CAUSE.actor());
            assertThat(event.facts()).containsEntry("reason", "key-compromise").containsEntry("issuer", "devices/1");
        });
    }

    @Test
    void revokingTwiceChangesNothing() {
        revoke(serial);
        clock.advance(Duration.ofHours(1));

        assertThat(revoke(serial))
                .isEqualTo(new Revocation.Unchanged(
                        new Standing.Revoked(now, RevocationReason.KEY_COMPROMISE, Optional.empty())));
        assertThat(store.audit().actions()).containsOnlyOnce("certificate.revoked");
    }

    @Test
    void findsNothingToRevokeUnderAnUnknownSerialOrIssuer() {
        assertThat(revoke(new SerialNumber(BigInteger.TEN)))
                .isEqualTo(new Revocation.Refused(new Refusal.NotFound("certificate 0a of devices/1")));
        assertThat(revocations.release(new IssuerGeneration(new IssuerName("devices"), 2), serial, CAUSE))
                .isInstanceOf(Revocation.Refused.class);
        assertThat(store.audit().actions()).containsExactly("certificate.issued");
    }

    @Test
    void doesNotRevokeForAHold() {
        assertThat(revocations.revoke(GENERATION, serial, RevocationReason.CERTIFICATE_HOLD, Optional.empty(), CAUSE))
                .isInstanceOfSatisfying(
                        Revocation.Refused.class,
                        it -> assertThat(it.refusal()).isInstanceOf(Refusal.FieldWrong.class));
        assertThat(store.known().find(certificate).orElseThrow().revokedAt()).isEmpty();
    }

    @Test
    void refusesAnInvalidityDateInTheFutureAndAnEndOfAHoldInThePast() {
        assertThat(revocations.revoke(
                        GENERATION, serial, RevocationReason.SUPERSEDED, Optional.of(now.plusSeconds(1)), CAUSE))
                .isInstanceOf(Revocation.Refused.class);
        assertThat(revocations.hold(GENERATION, serial, ends(now), CAUSE)).isInstanceOf(Revocation.Refused.class);
        assertThat(store.audit().actions()).containsExactly("certificate.issued");
    }

    @Test
    void countsARevocationAfterAHoldFromTheHold() {
        revocations.hold(GENERATION, serial, Optional.empty(), CAUSE);
        clock.advance(Duration.ofHours(1));

        assertThat(revoke(serial))
                .isEqualTo(new Revocation.Changed(
                        new Standing.Revoked(now, RevocationReason.KEY_COMPROMISE, Optional.empty())));
    }

    @Test
    void givesAHoldAnotherEndButTakesNoneAway() {
        Instant first = now.plusSeconds(60);
        Instant second = now.plusSeconds(30);
        revocations.hold(GENERATION, serial, ends(first), CAUSE);

        assertThat(revocations.hold(GENERATION, serial, Optional.empty(), CAUSE))
                .isInstanceOf(Revocation.Unchanged.class);
        assertThat(revocations.hold(GENERATION, serial, ends(second), CAUSE)).isInstanceOf(Revocation.Changed.class);

        assertThat(store.revocations().of(GENERATION, serial))
                .get()
                .isInstanceOfSatisfying(
                        Standing.Held.class, held -> assertThat(held.becomes()).isEqualTo(ends(second)));
    }

    @Test
    void doesNotTakeBackAHoldThatBecameFinal() {
        revocations.hold(GENERATION, serial, ends(now.plusSeconds(60)), CAUSE);
        clock.advance(Duration.ofSeconds(60));

        revocations.finishHolds();

        assertThat(revocations.release(GENERATION, serial, CAUSE)).isInstanceOf(Revocation.Refused.class);
        assertThat(store.audit().events().getLast().actor()).isEqualTo(Actor.SYSTEM);
        assertThat(store.audit().actions()).endsWith("certificate.held", "certificate.revoked");
    }

    @Test
    void tellsThoseWhoKeepSomethingBeforeItReturns() {
        List<RevocationChange> heard = new ArrayList<>();
        feed.register(heard::addAll);

        revocations.hold(GENERATION, serial, Optional.empty(), CAUSE);
        assertThat(heard).hasSize(1);
        revocations.release(GENERATION, serial, CAUSE);
        revocations.release(GENERATION, serial, CAUSE);

        assertThat(heard).hasSize(2).extracting(RevocationChange::serial).containsOnly(serial);
        assertThat(feed.seen()).isEqualTo(heard.getLast().number());
        assertThat(feed.current()).isTrue();
    }

    @Test
    void countsFromTheClockEvenIfThatWentBack() {
        revocations.hold(GENERATION, serial, Optional.empty(), CAUSE);
        clock.advance(Duration.ofDays(-1));

        assertThat(revocations.release(GENERATION, serial, CAUSE))
                .isEqualTo(new Revocation.Changed(new Standing.Good()));
        assertThat(revoke(serial)).isInstanceOf(Revocation.Changed.class);
        assertThat(feed.seen()).isEqualTo(3);
    }

    @Test
    void knowsNoSuchDevice() {
        assertThat(revocations.hold(new DeviceId("nobody"), CAUSE))
                .isEqualTo(new DeviceRevocation.Refused(new Refusal.NotFound("device nobody")));
    }

    @Test
    void readsReasonsByTheirWords() {
        assertThat(RevocationReason.parse("key-compromise")).isEqualTo(RevocationReason.KEY_COMPROMISE);
        assertThatThrownBy(() -> RevocationReason.parse("KEY_COMPROMISE")).hasMessageContaining("privilege-withdrawn");
    }

    private static Optional<Finality> ends(Instant at) {
        return Optional.of(new Finality(at, RevocationReason.SUPERSEDED));
    }

    private Revocation revoke(SerialNumber which) {
        return revocations.revoke(GENERATION, which, RevocationReason.KEY_COMPROMISE, Optional.empty(), CAUSE);
    }
}
