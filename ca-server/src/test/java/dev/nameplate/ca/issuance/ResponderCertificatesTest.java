package dev.nameplate.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class ResponderCertificatesTest {
    private static final IssuerGeneration DEVICES = new IssuerGeneration(SampleProfiles.DEVICES, 1);
    private static final IssuerGeneration ROOT = new IssuerGeneration(TestCa.ROOT, 1);

    private final TestCa ca = TestCa.founded();

    private Issuance ask(IssuerGeneration generation, ProfileName profile, DeviceKey key) {
        var request = new ServiceRequest("responder-" + generation.issuer(), profile, key.publicKey(), List.of());
        return ca.services.issueResponder(request, generation);
    }

    private IssuedCertificate issued(IssuerGeneration generation, DeviceKey key) {
        return ((Issuance.Issued) ask(generation, SampleProfiles.RESPONDER, key)).certificate();
    }

    @Test
    void everyGenerationCertifiesItsOwnWhicheverIssuerTheProfileNames() {
        for (IssuerGeneration generation : List.of(DEVICES, ROOT)) {
            IssuedCertificate issued = issued(generation, DeviceKey.p256());

            CertificateDer issuer =
                    ca.authorities.answerableKeyFor(generation).orElseThrow().certificate();
            assertThat(issued.issuer()).isEqualTo(generation);
            assertThat(issued.certificate().parsed().getIssuer())
                    .isEqualTo(issuer.parsed().getSubject());
            assertThat(ExtendedKeyUsage.fromExtensions(
                                    issued.certificate().parsed().getExtensions())
                            .getUsages())
                    .containsExactly(KeyPurposeId.id_kp_OCSPSigning);
            assertThat(issued.certificate().parsed().getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck))
                    .isNotNull();
        }
    }

    @Test
    void aRetiredGenerationGoesOnCertifyingItsResponderAndNothingElse() {
        retire(DEVICES);

        assertThat(issued(DEVICES, DeviceKey.p256()).issuer()).isEqualTo(DEVICES);
        assertThat(ca.services.issue(new ServiceRequest(
                        "door", SampleProfiles.DOOR, DeviceKey.p256().publicKey(), List.of())))
                .isInstanceOf(Issuance.Refused.class);
    }

    @Test
    void renewsForTheSameKeyWhileTheOldCertificateIsGood() {
        DeviceKey key = DeviceKey.p256();
        IssuedCertificate first = issued(DEVICES, key);
        assertThat(issued(DEVICES, key)).isEqualTo(first);
        ca.clock.set(first.notAfter().minus(Duration.ofDays(20)));

        IssuedCertificate second = issued(DEVICES, key);

        assertThat(second.serial()).isNotEqualTo(first.serial());
        assertThat(second.certificate().keyHash()).isEqualTo(first.certificate().keyHash());
    }

    @Test
    void makesNoResponderOfAnyOtherProfile() {
        assertThatThrownBy(() -> ask(DEVICES, SampleProfiles.DOOR, DeviceKey.p256()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("door makes no OCSP responders");
    }

    @Test
    void namesTheGenerationThatCannotSign() {
        assertThat(ask(new IssuerGeneration(SampleProfiles.DEVICES, 7), SampleProfiles.RESPONDER, DeviceKey.p256()))
                .isInstanceOfSatisfying(
                        Issuance.Refused.class,
                        refused -> assertThat(refused.refusal())
                                .isInstanceOfSatisfying(
                                        Refusal.IssuerNotValid.class,
                                        why -> assertThat(why.issuer()).isEqualTo("devices/7")));
    }

    private void retire(IssuerGeneration generation) {
        IssuerRecord record = ca.store.issuers().list().stream()
                .filter(issuer -> issuer.generation().equals(generation))
                .findFirst()
                .orElseThrow();
        ca.store
                .issuers()
                .update(
                        new IssuerRecord(
                                generation,
                                IssuerRecord.State.RETIRED,
                                record.keyUri(),
                                record.chain(),
                                record.createdAt()),
                        Cause.SYSTEM.event(ca.clock.instant(), "issuer.retired", "issuer:" + generation, Map.of()));
        ca.authorities.reload();
    }
}
