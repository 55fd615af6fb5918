package dev.nameplate.ca.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.KeyUse;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.ServerKeys;
import dev.nameplate.ca.policy.ServerKeys.Delivery;
import dev.nameplate.ca.policy.SubjectKeys;
import dev.nameplate.ca.policy.Usages;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.MemoryKeptKeys;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

/** Keys that the CA makes for devices. */
class ServerKeyEnrollmentTest {
    private static final Decryption NONE = new Decryption.None();
    private static final Decryption SECRET = new Decryption.BySecret("00ff");
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final List<byte[]> secretsGiven = new ArrayList<>();
    private final Plain envelope = new Plain();

    /** Shows what it was given. */
    private static final class Plain implements Envelope {
        private Optional<String> objection = Optional.empty();
        private Optional<Recipient> recipient = Optional.empty();
        private final List<byte[]> clear = new ArrayList<>();

        @Override
        public Optional<String> objectionTo(Recipient whom) {
            return objection;
        }

        @Override
        public byte[] seal(byte[] pkcs8, Recipient whom) {
            recipient = Optional.of(whom);
            clear.add(pkcs8);
            return ("sealed " + Arrays.hashCode(pkcs8)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** A CA whose one profile makes keys by this rule. */
    private final class Rig {
        final TestCa ca;
        final MemoryKeptKeys kept;
        final List<SubjectPublicKeyInfo> made = new ArrayList<>();
        final ServerKeyEnrollment enrollment;

        Rig(Optional<ServerKeys> rule) {
            this(
                    rule,
                    Usages.of(Set.of(KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT), Set.of(ExtendedUse.CLIENT_AUTH)));
        }

        Rig(Optional<ServerKeys> rule, Usages usages) {
            ca = TestCa.with(new Profiles(List.of(profile(rule, usages)))).registered("sensor-17", Map.of());
            kept = new MemoryKeptKeys(ca.store.audit());
            var recipients = new KeyRecipients(ca.store.ledger(), this::secret, ca.clock);
            enrollment = new ServerKeyEnrollment(ca.policy, ca.issuer, this::make, recipients, kept, ca.clock);
        }

        private Optional<byte[]> secret(DeviceId device, String id) {
            byte[] secret = new byte[16];
            Arrays.fill(secret, (byte) 7);
            secretsGiven.add(secret);
            return device.value().equals("sensor-17") && id.equals("00ff") ? Optional.of(secret) : Optional.empty();
        }

        private KeySource.MadeKey make(KeyAlgorithm algorithm) {
            dev.nameplate.hsm.DeviceKey key = ca.vault.makeForDevice(dev.nameplate.hsm.KeySpec.EC_P256);
            made.add(key.publicKey());
            return new KeySource.MadeKey() {
                @Override
                public SubjectPublicKeyInfo publicKey() {
                    return key.publicKey();
                }

                @Override
                public byte[] pkcs8() {
                    return key.pkcs8();
                }

                @Override
                public void close() {
                    key.close();
                }
            };
        }

        KeyDelivery deliver(AuthenticatedDevice device, Csr csr, Decryption decryption) {
            var asked = new ServerKeyRequest(csr, decryption, envelope, TestCa.REQUEST);
            return enrollment.deliver(device, TestCa.label(SampleProfiles.LDEVID), asked);
        }

        KeyDelivery deliver(Decryption decryption) {
            return deliver(ca.withCode("sensor-17"), Csrs.named("sensor-17"), decryption);
        }

        List<String> actions() {
            return ca.store.audit().actions().stream()
                    .filter(action -> action.startsWith("key.") || action.equals("certificate.issued"))
                    .toList();
        }
    }

    @Test
    void makesAndCertifiesAKeyWithoutLookingAtThatOfTheCsr() {
        Rig rig = rig(Duration.ZERO, Delivery.CLEAR);
        Csr unsigned = Csrs.by(DeviceKey.p256())
                .subject("CN=sensor-17")
                .claiming(DeviceKey.p256().publicKey())
                .csr();

        var delivered = (KeyDelivery.InTheClear) rig.deliver(rig.ca.withCode("sensor-17"), unsigned, NONE);

        assertThat(certified(delivered.certificate())).isEqualTo(rig.made.getFirst());
        assertThat(delivered.pkcs8()[0]).isEqualTo((byte) 0x30);
        assertThat(rig.actions()).containsExactly("certificate.issued", "key.delivered");
        assertThat(facts(rig)).containsEntry("delivery", "clear").doesNotContainKey("pkcs8");
    }

    @Test
    void makesNothingForAProfileThatDoesNotSaySo() {
        Rig rig = new Rig(Optional.empty());

        assertThat(rig.deliver(NONE)).isInstanceOf(KeyDelivery.Refused.class);
        assertThat(rig.made).isEmpty();
        assertThat(rig.actions()).isEmpty();
    }

    @Test
    void sendsNothingInTheClearUnlessTheProfileSaysSo() {
        Rig rig = rig(Duration.ZERO, Delivery.SEALED);

        assertThat(why(rig.deliver(NONE))).contains("name a key to decrypt it with");
        assertThat(rig.made).isEmpty();
    }

    @Test
    void sealsNothingUnlessTheProfileSaysSo() {
        Rig rig = rig(Duration.ZERO, Delivery.CLEAR);

        assertThat(why(rig.deliver(SECRET))).contains("not sealed here");
        assertThat(rig.made).isEmpty();
    }

    @Test
    void sealsForTheSecretThatIsNamed() {
        Rig rig = rig(Duration.ZERO, Delivery.SEALED, Delivery.CLEAR);

        var delivered = (KeyDelivery.Sealed) rig.deliver(SECRET);

        assertThat(envelope.recipient).get().isInstanceOf(Recipient.Secret.class);
        assertThat(new String(delivered.message(), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("sealed");
        assertThat(facts(rig)).containsEntry("delivery", "sealed").containsEntry("decrypted-with", "00ff");
    }

    @Test
    void overwritesWhatItHadInTheClear() {
        Rig rig = rig(Duration.ZERO, Delivery.SEALED);
        rig.deliver(SECRET);

        assertThat(envelope.clear)
                .singleElement()
                .satisfies(octets -> assertThat(octets).containsOnly(0));
        assertThat(secretsGiven)
                .singleElement()
                .satisfies(octets -> assertThat(octets).containsOnly(0));
    }

    @Test
    void refusesAnUnknownKeyInsteadOfSendingInTheClear() {
        Rig rig = rig(Duration.ZERO, Delivery.SEALED, Delivery.CLEAR);

        assertThat(why(rig.deliver(new Decryption.BySecret("00fe")))).contains("not known");
        assertThat(why(rig.deliver(new Decryption.ByCertificate("00ff")))).contains("not known");
        assertThat(rig.made).isEmpty();
    }

    @Test
    void refusesWhatTheEnvelopeCannotDo() {
        Rig rig = rig(Duration.ZERO, Delivery.SEALED);
        envelope.objection = Optional.of("no algorithm in common");

        assertThat(why(rig.deliver(SECRET))).isEqualTo("no algorithm in common");
        assertThat(rig.made).isEmpty();
    }

    @Test
    void sealsForACertificateOfTheDeviceThatMayDecryptAndIsInForce() {
        Rig rig = rig(Duration.ZERO, Delivery.SEALED);
        CertificateDer own = enrolled(rig, "sensor-17");
        AuthenticatedDevice device = rig.ca.withCertificate(own, Purpose.ENROL);

        var delivered = rig.deliver(device, Csrs.named("sensor-17"), by(own));

        assertThat(delivered).isInstanceOf(KeyDelivery.Sealed.class);
        assertThat(envelope.recipient).contains(new Recipient.Certificate(own));
        rig.ca.clock.advance(Duration.ofDays(400));
        AuthenticatedDevice later = rig.ca.withCode("sensor-17");
        assertThat(why(rig.deliver(later, Csrs.named("sensor-17"), by(own)))).contains("not known");
    }

    @Test
    void refusesACertificateThatMayOnlySign() {
        Rig rig = new Rig(
                Optional.of(rule(Duration.ZERO, Delivery.SEALED)),
                Usages.of(Set.of(KeyUse.DIGITAL_SIGNATURE), Set.of(ExtendedUse.CLIENT_AUTH)));
        CertificateDer own = enrolled(rig, "sensor-17");

        assertThat(why(rig.deliver(by(own)))).contains("keyAgreement");
    }

    @Test
    void sealsForNoOtherDevicesCertificate() {
        Rig rig = rig(Duration.ZERO, Delivery.SEALED);
        rig.ca.registered("sensor-18", Map.of());
        CertificateDer others = enrolled(rig, "sensor-18");

        assertThat(why(rig.deliver(by(others)))).contains("not known");
    }

    @Test
    void deliversTheSameAgainWithinItsTimeAndSaysSoInTheTrail() {
        Rig rig = rig(AGAIN, Delivery.SEALED);
        AuthenticatedDevice device = rig.ca.withCode("sensor-17");
        Csr csr = Csrs.named("sensor-17");

        var first = (KeyDelivery.Sealed) rig.deliver(device, csr, SECRET);
        rig.ca.clock.advance(AGAIN.minusSeconds(1));
        var second = (KeyDelivery.Sealed) rig.deliver(device, csr, SECRET);

        assertThat(second.message()).isEqualTo(first.message());
        assertThat(second.certificate()).isEqualTo(first.certificate());
        assertThat(rig.made).hasSize(1);
        assertThat(rig.actions())
                .containsExactly("key.kept", "certificate.issued", "key.delivered", "key.delivered-again");
    }

    @Test
    void forgetsWhatIsOverItsTime() {
        Rig rig = rig(AGAIN, Delivery.SEALED);
        AuthenticatedDevice device = rig.ca.withCertificate(enrolled(rig, "sensor-17"), Purpose.ENROL);
        Csr csr = Csrs.named("sensor-17");
        rig.deliver(device, csr, SECRET);
        rig.ca.clock.advance(AGAIN);

        rig.deliver(device, csr, SECRET);
        assertThat(rig.made).hasSize(2);
        rig.ca.clock.advance(AGAIN);
        rig.enrollment.forget();

        assertThat(rig.kept.rows()).isZero();
    }

    @Test
    void keepsNothingThatLeftInTheClearAndNothingUnlessTold() {
        Rig clear = rig(Duration.ZERO, Delivery.CLEAR, Delivery.SEALED);
        clear.deliver(NONE);
        clear.deliver(SECRET);

        assertThat(clear.kept.rows()).isZero();
    }

    @Test
    void givesNothingAgainToAnotherRequest() {
        Rig rig = rig(AGAIN, Delivery.SEALED);
        AuthenticatedDevice device = rig.ca.withCertificate(enrolled(rig, "sensor-17"), Purpose.ENROL);

        rig.deliver(device, Csrs.named("sensor-17"), SECRET);
        rig.deliver(device, Csrs.named("sensor-17"), SECRET);

        assertThat(rig.made).hasSize(2);
    }

    @Test
    void goesOnWhereItWasCutOffAfterTheKeyWasKept() {
        Rig rig = rig(AGAIN, Delivery.SEALED);
        AuthenticatedDevice device = rig.ca.withCode("sensor-17");
        Csr csr = Csrs.named("sensor-17");
        rig.ca.store.ledger().failNext();
        assertThatThrownBy(() -> rig.deliver(device, csr, SECRET)).isInstanceOf(LedgerUnavailableException.class);

        var delivered = (KeyDelivery.Sealed) rig.deliver(device, csr, SECRET);

        assertThat(rig.made).hasSize(1);
        assertThat(certified(delivered.certificate())).isEqualTo(rig.made.getFirst());
    }

    @Test
    void deliversNothingWhoseDeliveryCannotBeRecorded() {
        Rig rig = rig(Duration.ZERO, Delivery.CLEAR);
        rig.kept.failNext();

        assertThatThrownBy(() -> rig.deliver(NONE)).isInstanceOf(LedgerUnavailableException.class);
    }

    @Test
    void stillChecksWhatTheCsrWishes() {
        Rig rig = rig(Duration.ZERO, Delivery.CLEAR);

        KeyDelivery delivery = rig.deliver(rig.ca.withCode("sensor-17"), Csrs.named("sensor-18"), NONE);

        assertThat(((KeyDelivery.Refused) delivery).refusal()).isInstanceOf(Refusal.NotItsOwnName.class);
        assertThat(rig.made).isEmpty();
    }

    private static Profile profile(Optional<ServerKeys> rule, Usages usages) {
        Profile usual = SampleProfiles.ldevid();
        return new Profile(
                usual.name(),
                usual.issuer(),
                new SubjectKeys(Set.of(KeyAlgorithm.EC_P256, KeyAlgorithm.EC_P384), rule),
                usual.validity(),
                usual.subject(),
                usages,
                usual.locations(),
                usual.renewal());
    }

    private Rig rig(Duration again, Delivery... delivery) {
        return new Rig(Optional.of(rule(again, delivery)));
    }

    private static ServerKeys rule(Duration again, Delivery... delivery) {
        return new ServerKeys(KeyAlgorithm.EC_P256, Set.of(delivery), again);
    }

    private static CertificateDer enrolled(Rig rig, String device) {
        return TestCa.issued(rig.ca.enrollment.enroll(
                        rig.ca.withCode(device),
                        TestCa.label(SampleProfiles.LDEVID),
                        Csrs.named(device),
                        TestCa.REQUEST))
                .certificate();
    }

    private static Decryption by(CertificateDer certificate) {
        var identifier =
                SubjectKeyIdentifier.fromExtensions(certificate.parsed().getExtensions());
        return new Decryption.ByCertificate(HexFormat.of().formatHex(identifier.getKeyIdentifier()));
    }

    private static SubjectPublicKeyInfo certified(IssuedCertificate issued) {
        return issued.certificate().parsed().getSubjectPublicKeyInfo();
    }

    private static Map<String, String> facts(Rig rig) {
        return rig.ca.store.audit().events().stream()
                .filter(event -> event.action().equals("key.delivered"))
                .map(AuditEvent::facts)
                .findFirst()
                .orElseThrow();
    }

    private static String why(KeyDelivery delivery) {
        return ((Refusal.KeyNotDeliverable) ((KeyDelivery.Refused) delivery).refusal()).why();
    }
}
