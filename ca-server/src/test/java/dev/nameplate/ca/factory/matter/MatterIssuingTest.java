package dev.nameplate.ca.factory.matter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.authority.FetchedChains;
import dev.nameplate.ca.authority.Force;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.authority.Outlook;
import dev.nameplate.ca.authority.Rotation;
import dev.nameplate.ca.authority.RotationOutcome;
import dev.nameplate.ca.authority.RotationTerms;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.lint.LintFailedException;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.IssuerGeneration;
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
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A whole Matter chain, issued as settings say. */
class MatterIssuingTest {
    private static final ProfileName DAC = new ProfileName("matter-dac");
    private static final IssuerName PAA = new IssuerName("matter-paa");
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

    @Test
    void replacesAuthorityAndIntermediateAndIssuesARightChainAfterEach() {
        TestCa ca = ca(SIGNS, "CN=Sensor ${device.id},VID=FFF1,PID=8000", 0);
        Rotation rotation = rotation(ca);
        CertificateDer before = issued(ca, "0001");

        replace(rotation, PAI);
        ca.authorities.reload();
        CertificateDer underTheOldAuthority = issued(ca, "0002");
        List<CertificateDer> newIntermediate = chainOf(ca, PAI, 2);
        IssuerRecord authority = replace(rotation, PAA);
        replace(rotation, PAI);
        ca.authorities.reload();
        CertificateDer underTheNewAuthority = issued(ca, "0003");

        assertThat(authority.links())
                .as("no chain of Matter has a fourth certificate")
                .isEmpty();
        assertRight(before, chainOf(ca, PAI, 1));
        assertRight(underTheOldAuthority, newIntermediate);
        assertRight(underTheNewAuthority, chainOf(ca, PAI, 3));
        assertThat(chainOf(ca, PAI, 3).getLast()).isEqualTo(authority.chain().getFirst());
        assertThat(newIntermediate.getLast()).isNotEqualTo(authority.chain().getFirst());
    }

    private static void assertRight(CertificateDer device, List<CertificateDer> above) {
        assertThat(new MatterChain(device, above.get(0), above.get(1)).findings())
                .isEmpty();
    }

    private static List<CertificateDer> chainOf(TestCa ca, IssuerName issuer, int number) {
        return ca.authorities
                .record(new IssuerGeneration(issuer, number))
                .orElseThrow()
                .chain();
    }

    /** Devices of Matter fetch nothing, so nobody is waited for. */
    private static IssuerRecord replace(Rotation rotation, IssuerName issuer) {
        IssuerGeneration next = done(rotation.prepare(issuer, Cause.SYSTEM)).generation();
        done(rotation.publish(next, List.of(), Cause.SYSTEM));
        return done(rotation.activate(next, Force.FORCED, Cause.SYSTEM));
    }

    private static IssuerRecord done(RotationOutcome outcome) {
        return switch (outcome) {
            case RotationOutcome.Done(var issuer) -> issuer;
            case RotationOutcome.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    private static Rotation rotation(TestCa ca) {
        var ground = new Rotation.Ground(
                ca.vault, ca.store.issuers(), ca.store.ledger()::claimKey, new Linter(), issuers(0));
        var gate = new Rotation.Gate(new NobodyFetches(), new NothingEnds(), new RotationTerms(95, Duration.ZERO));
        return new Rotation(ground, gate, ca.clock, ca.random);
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

    private static CertificateDer issued(TestCa ca, String device) {
        ca.registered(device, Map.of());
        Csr csr = Csrs.by(DeviceKey.p256()).subject("CN=" + device).csr();
        return TestCa.issued(ca.enrollment.enroll(ca.withCode(device), TestCa.label(DAC), csr, TestCa.REQUEST))
                .certificate();
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
        return TestCa.with(new Profiles(List.of(dac)), issuers(pathLength));
    }

    private static List<IssuerSettings> issuers(int pathLength) {
        return List.of(
                issuer(PAA, "CN=Example PAA,VID=FFF1", OptionalInt.of(1), new IssuerSettings.Origin.ItsOwnKey()),
                issuer(
                        PAI,
                        "CN=Example PAI,VID=FFF1",
                        pathLength < 0 ? OptionalInt.empty() : OptionalInt.of(pathLength),
                        new IssuerSettings.Origin.Parent(PAA)));
    }

    private static IssuerSettings issuer(
            IssuerName name, String subject, OptionalInt pathLength, IssuerSettings.Origin origin) {
        return new IssuerSettings(
                name, subject, KeySpec.EC_P256, Optional.empty(), pathLength, origin, CrlTerms.usual());
    }

    /** Nobody fetches anything. */
    private static final class NobodyFetches implements FetchedChains {
        @Override
        public void note(Map<CertificateDer, Set<IssuerGeneration>> fetched) {
            throw new AssertionError("nobody fetches");
        }

        @Override
        public Reach reach(IssuerGeneration published, Set<IssuerName> issuers, Instant since, Instant now) {
            return new Reach(100, 0);
        }

        @Override
        public void forget(IssuerGeneration generation) {
            // nothing was noted
        }
    }

    /** Nothing has an end. */
    private static final class NothingEnds implements Outlook {
        @Override
        public Optional<Instant> lastExpiry(IssuerGeneration generation) {
            return Optional.empty();
        }

        @Override
        public boolean lastCrlsPublished(IssuerGeneration generation) {
            return false;
        }
    }
}
