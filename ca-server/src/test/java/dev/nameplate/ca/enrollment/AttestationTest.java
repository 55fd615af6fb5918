package dev.nameplate.ca.enrollment;

import static dev.nameplate.ca.testkit.TestCa.REQUEST;
import static dev.nameplate.ca.testkit.TestCa.issued;
import static dev.nameplate.ca.testkit.TestCa.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.approval.EvidenceArchive.Kept;
import dev.nameplate.ca.device.Attestation;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.IdentityField;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttestationTest {
    private static final String ATTESTATION = "1.2.840.113549.1.9.16.2.59";

    private final TestCa ca = TestCa.founded().registered("sensor-17", Map.of());
    private final AuthenticatedDevice device = ca.withCode("sensor-17");
    private final DeviceKey key = DeviceKey.p256();

    @Test
    void isKeptBeforeTheCertificateIsOnRecord() {
        issued(enroll(Attestation.WHEN_GIVEN, csr("a token")));

        assertThat(kept()).singleElement().satisfies(kept -> {
            assertThat(kept.keyHash()).isEqualTo(csr("x").keyHash());
            assertThat(new String(kept.evidence().octets(), java.nio.charset.StandardCharsets.US_ASCII))
                    .endsWith("a token");
        });
        assertThat(ca.store.audit().actions()).containsSubsequence("attestation.kept", "certificate.issued");
    }

    @Test
    void isKeptOrNothingIsIssued() {
        ca.store.evidence().failNext();

        assertThatThrownBy(() -> enroll(Attestation.WHEN_GIVEN, csr("a token")))
                .isInstanceOf(LedgerUnavailableException.class);
        assertThat(ca.store.ledger().all()).isEmpty();
    }

    @Test
    void isReplacedByTheNewestOfTheSameRequest() {
        enroll(Attestation.WHEN_GIVEN, csr("first"));
        enroll(Attestation.WHEN_GIVEN, csr("second"));
        enroll(Attestation.WHEN_GIVEN, csr("second"));

        assertThat(kept()).hasSize(1);
        assertThat(ca.store.audit().actions().stream().filter("attestation.kept"::equals))
                .hasSize(2);
    }

    @Test
    void isRequiredWhereTheLabelSaysSo() {
        assertThat(refused(enroll(Attestation.REQUIRED, Csrs.by(key).csr())))
                .isEqualTo(new Refusal.AttestationMissing());
        issued(enroll(Attestation.REQUIRED, csr("a token")));
    }

    @Test
    void isNotLookedAtWhereTheLabelSaysSo() {
        issued(enroll(Attestation.IGNORED, csr("a token")));

        assertThat(kept()).isEmpty();
    }

    @Test
    void isBounded() {
        assertThat(refused(enroll(Attestation.WHEN_GIVEN, csr("x".repeat(33_000)))))
                .isInstanceOf(Refusal.AttributeNotSupported.class);
        assertThat(refused(enroll(
                        Attestation.WHEN_GIVEN,
                        Csrs.by(key)
                                .attribute(ATTESTATION, "one")
                                .attribute(ATTESTATION, "two")
                                .csr())))
                .isInstanceOf(Refusal.AttributeNotSupported.class);
        assertThat(kept()).isEmpty();
    }

    private EnrollmentOutcome enroll(Attestation terms, Csr csr) {
        var label = new EnrolmentLabel(
                LabelName.NONE,
                SampleProfiles.LDEVID,
                Set.of(Way.CODE),
                List.of(),
                new EnrolmentLabel.Terms(Linking.WHEN_GIVEN, Decision.OF_THE_RULES, terms, IdentityField.COMMON_NAME));
        return ca.enrollment.enroll(device, label, csr, REQUEST);
    }

    private Csr csr(String token) {
        return Csrs.by(key)
                .subject("CN=sensor-17")
                .attribute(ATTESTATION, token)
                .csr();
    }

    private List<Kept> kept() {
        return ca.store.evidence().of(new DeviceId("sensor-17"), 10);
    }
}
