package dev.nameplate.ca.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.issuance.CertificateStatus;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.CertificateDer;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final IssuerGeneration GENERATION = new IssuerGeneration(new IssuerName("devices"), 1);
    private static final Cause CAUSE = Cause.of(new Actor("operator:admin"), new RequestId("0123456789abcdef"));

    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final Instant now = clock.instant();
    private final Revocations revocations = new Revocations(store.ledger(), this::standing, clock);
    private final CertificateDer certificate =
            Recipe.leaf("CN=sensor-17").selfSigned().certificate();

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
                                0),
                        CAUSE.event(now, "certificate.issued", "device:sensor-17", Map.of()));
    }

    @Test
    void revokesAndSaysWhoWantedIt() {
        assertThat(revoke(certificate.serial())).isEqualTo(new Revocation.Revoked(now));

        assertThat(store.known().find(certificate).orElseThrow().revokedAt()).contains(now);
        assertThat(store.audit().events().getLast()).satisfies(event -> {
            assertThat(event.action()).isEqualTo("certificate.revoked");
            assertThat(event.actor()).isEqualTo(CAUSE.actor());
            assertThat(event.facts()).containsEntry("reason", "key-compromise").containsEntry("issuer", "devices/1");
        });
    }

    @Test
    void revokingTwiceChangesNothing() {
        revoke(certificate.serial());
        clock.advance(Duration.ofHours(1));

        assertThat(revoke(certificate.serial())).isEqualTo(new Revocation.AlreadyRevoked(now));
        assertThat(store.audit().actions()).containsOnlyOnce("certificate.revoked");
    }

    @Test
    void findsNothingToRevokeUnderAnUnknownSerialOrIssuer() {
        assertThat(revoke(new SerialNumber(BigInteger.TEN)))
                .isEqualTo(new Revocation.Refused(new Refusal.NotFound("certificate 0a of devices/1")));
        assertThat(revocations.revoke(
                        new IssuerGeneration(new IssuerName("devices"), 2),
                        certificate.serial(),
                        RevocationReason.SUPERSEDED,
                        CAUSE))
                .isInstanceOf(Revocation.Refused.class);
        assertThat(store.audit().actions()).doesNotContain("certificate.revoked");
    }

    @Test
    void doesNotHold() {
        assertThat(revocations.revoke(GENERATION, certificate.serial(), RevocationReason.CERTIFICATE_HOLD, CAUSE))
                .isInstanceOfSatisfying(
                        Revocation.Refused.class,
                        it -> assertThat(it.refusal()).isInstanceOf(Refusal.FieldWrong.class));
        assertThat(store.known().find(certificate).orElseThrow().revokedAt()).isEmpty();
    }

    @Test
    void readsReasonsByTheirWords() {
        assertThat(RevocationReason.parse("key-compromise")).isEqualTo(RevocationReason.KEY_COMPROMISE);
        assertThatThrownBy(() -> RevocationReason.parse("KEY_COMPROMISE")).hasMessageContaining("privilege-withdrawn");
    }

    private Revocation revoke(SerialNumber serial) {
        return revocations.revoke(GENERATION, serial, RevocationReason.KEY_COMPROMISE, CAUSE);
    }

    private Optional<Standing> standing(IssuerGeneration issuer, SerialNumber serial) {
        return store.ledger().findBySerial(serial).stream()
                .filter(found -> found.issuer().equals(issuer))
                .map(IssuedCertificate::status)
                .<Standing>map(status -> switch (status) {
                    case CertificateStatus.Good() -> new Standing.Good();
                    case CertificateStatus.Revoked(var at, var _) -> new Standing.Revoked(at);
                })
                .findFirst();
    }
}
