package dev.nameplate.ca.factory.matter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.lint.LintFailedException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.KeyUse;
import dev.nameplate.ca.policy.Locations;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.Renewal;
import dev.nameplate.ca.policy.SubjectKeys;
import dev.nameplate.ca.policy.Usages;
import dev.nameplate.ca.policy.Validity;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A whole Matter chain, issued as settings say. */
class MatterIssuingTest {
    private static final ProfileName DAC = new ProfileName("matter-dac");
    private static final IssuerName PAI = new IssuerName("matter-pai");
    private static final Usages SIGNS = new Usages(Set.of(KeyUse.DIGITAL_SIGNATURE), Set.of(), true, false);

    @Test
    void issuesAChainInWhichNothingIsWrong() {
        TestCa ca = ca(SIGNS, "CN=Sensor ${device.id},VID=FFF1,PID=8000", 0);

        CertificateDer device = issued(ca).certificate();

        List<CertificateDer> above = ca.authorities.chainFor(PAI);
        MatterChain chain = new MatterChain(device, above.get(0), above.get(1));
        assertThat(chain.findings()).isEmpty();
        assertThat(chain.ids().product()).contains("8000");
        assertThat(device.parsed().getNotAfter().toInstant()).isEqualTo(Validity.FOREVER);
    }

    @Test
    void signsNothingThatMatterWouldRefuse() {
        Usages tls = new Usages(Set.of(KeyUse.DIGITAL_SIGNATURE), Set.of(ExtendedUse.CLIENT_AUTH), true, false);

        refuses(ca(tls, "CN=${device.id},VID=FFF1,PID=8000", 0), "extendedKeyUsage is present");
        refuses(ca(SIGNS, "CN=${device.id},VID=FFF2,PID=8000", 0), "VID is not the issuer's");
        refuses(ca(SIGNS, "CN=${device.id},VID=FFF1", 0), "subject has no PID");
        refuses(ca(SIGNS, "CN=${device.id} Mvid:FFF1 Mpid:8000", 0), "written in the common name");
        refuses(
                ca(Usages.of(Set.of(KeyUse.DIGITAL_SIGNATURE), Set.of()), "CN=${device.id},VID=FFF1,PID=8000", 0),
                "basicConstraints is missing");
    }

    @Test
    void foundsNoIntermediateWithAnotherPathLength() {
        assertThatThrownBy(() -> ca(SIGNS, "CN=${device.id},VID=FFF1,PID=8000", -1))
                .hasStackTraceContaining("pathLenConstraint is not 0");
    }

    private static void refuses(TestCa ca, String finding) {
        assertThatThrownBy(() -> issued(ca))
                .isInstanceOf(LintFailedException.class)
                .hasMessageContaining(finding);
    }

    private static IssuedCertificate issued(TestCa ca) {
        ca.registered("0001", Map.of());
        EnrolmentLabel label = TestCa.label(DAC);
        return TestCa.issued(ca.enrollment.enroll(ca.withCode("0001"), label, Csrs.named("0001"), TestCa.REQUEST));
    }

    /** @param pathLength of the intermediate; negative for none */
    private static TestCa ca(Usages usages, String subject, int pathLength) {
        Profile dac = new Profile(
                DAC,
                PAI,
                SubjectKeys.of(Set.of(KeyAlgorithm.parse("ec-p256"))),
                new Validity.Until(Validity.FOREVER, Validity.USUAL_BACKDATE),
                Profile.Subject.of(subject),
                usages,
                Locations.NONE,
                new Renewal(Duration.ZERO, Duration.ZERO));
        IssuerName paa = new IssuerName("matter-paa");
        return TestCa.with(
                new Profiles(List.of(dac)),
                List.of(
                        issuer(
                                paa,
                                "CN=Example PAA,VID=FFF1",
                                OptionalInt.of(1),
                                new IssuerSettings.Origin.ItsOwnKey()),
                        issuer(
                                PAI,
                                "CN=Example PAI,VID=FFF1",
                                pathLength < 0 ? OptionalInt.empty() : OptionalInt.of(pathLength),
                                new IssuerSettings.Origin.Parent(paa))));
    }

    private static IssuerSettings issuer(
            IssuerName name, String subject, OptionalInt pathLength, IssuerSettings.Origin origin) {
        return new IssuerSettings(
                name, subject, KeySpec.EC_P256, Optional.empty(), pathLength, origin, CrlTerms.usual());
    }
}
