package dev.nameplate.ca.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.FetchedChains;
import dev.nameplate.ca.authority.Force;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.authority.Outlook;
import dev.nameplate.ca.authority.Rotation;
import dev.nameplate.ca.authority.RotationOutcome;
import dev.nameplate.ca.authority.RotationTerms;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.CertificatePath;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.Test;

/** From a root and an issuer on P-256 to ones that sign with ML-DSA-65 (RFC 9881), in a software vault. */
final class QuantumRolloverIT {
    private static final IssuerGeneration OLD_ROOT = new IssuerGeneration(TestCa.ROOT, 1);
    private static final IssuerGeneration NEW_ROOT = new IssuerGeneration(TestCa.ROOT, 2);
    private static final IssuerGeneration NEXT = new IssuerGeneration(SampleProfiles.DEVICES, 2);

    private final TestCa ca = TestCa.with(SampleProfiles.all(), issuers(KeySpec.EC_P256));

    @Test
    void leadsFromTheOldRootAndFromTheNewOneToOldAndNewDevices() {
        IssuedCertificate before = enrolled("before");
        rollOver();
        IssuedCertificate after = enrolled("after");

        assertThat(before.certificate().parsed().getSignatureAlgorithm().getAlgorithm())
                .isNotEqualTo(NISTObjectIdentifiers.id_ml_dsa_65);
        assertThat(after.issuer()).isEqualTo(NEXT);
        assertThat(after.certificate().parsed().getSignatureAlgorithm())
                .isEqualTo(new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_65));
        List<CertificateDer> handedOut = ca.authorities.chainFor(SampleProfiles.DEVICES);
        for (CertificateDer device : List.of(before.certificate(), after.certificate())) {
            assertThat(objection(root(OLD_ROOT), device, handedOut)).isEmpty();
            assertThat(objection(root(NEW_ROOT), device, handedOut)).isEmpty();
        }
    }

    @Test
    void answersOcspWithMlDsaForWhatTheNewIssuerSigned() {
        rollOver();
        IssuedCertificate good = enrolled("good");
        IssuedCertificate bad = enrolled("bad");
        ca.revocations()
                .revoke(bad.issuer(), bad.serial(), RevocationReason.SUPERSEDED, Optional.empty(), Cause.SYSTEM);
        CertificateDer issuer =
                ca.authorities.answerableKeyFor(NEXT).orElseThrow().certificate();
        OcspResponder responder = responder(issuer);

        Asked aboutGood = Asked.about(issuer, good.certificate());
        Asked aboutBad = Asked.about(issuer, bad.certificate());

        assertThat(aboutGood.status(said(responder, aboutGood), issuer)).isNull();
        assertThat(aboutBad.status(said(responder, aboutBad), issuer)).isInstanceOf(RevokedStatus.class);
        assertThat(aboutGood.heard(said(responder, aboutGood), issuer).getSignatureAlgorithmID())
                .isEqualTo(new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_65));
    }

    private void rollOver() {
        var rotation = new Rotation(
                new Rotation.Ground(
                        ca.vault,
                        ca.store.issuers(),
                        ca.store.ledger()::claimKey,
                        ca.linter,
                        issuers(KeySpec.ML_DSA_65)),
                new Rotation.Gate(new Nobody(), new Silent(), RotationTerms.usual()),
                ca.clock,
                ca.random);
        for (IssuerName issuer : List.of(TestCa.ROOT, SampleProfiles.DEVICES)) {
            var next = new IssuerGeneration(issuer, 2);
            done(rotation.prepare(issuer, Cause.SYSTEM));
            done(rotation.publish(next, List.of(), Cause.SYSTEM));
            ca.clock.advance(Duration.ofMinutes(1));
            done(rotation.activate(next, Force.NOT, Cause.SYSTEM));
            ca.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(ca.authorities.follow()).isTrue();
    }

    private OcspResponder responder(CertificateDer issuer) {
        VaultKey key = ca.vault.generate(KeySpec.ML_DSA_65, "responder-devices-2");
        var request = new ServiceRequest("responder-devices-2", SampleProfiles.RESPONDER, key.publicKey(), List.of());
        CertificateDer certificate = ((Issuance.Issued) ca.services.issueResponder(request, NEXT))
                .certificate()
                .certificate();
        SigningKey signing = ca.vault.signingKey(key.uri());
        SignatureScheme scheme = SignatureScheme.defaultFor(KeySpec.ML_DSA_65);
        var scopes = new Scopes();
        scopes.set(List.of(new Scope(
                NEXT,
                issuer,
                Optional.of(
                        new Responder(certificate, scheme.identifier(), message -> signing.sign(scheme, message))))));
        return new OcspResponder(
                OcspSettings.defaults(),
                scopes,
                new CaStandings(ca.store.revocations(), ca.authorities::all),
                () -> true,
                new OcspResponder.World(ca.clock, Runnable::run, OcspListener.SILENT));
    }

    private static byte[] said(OcspResponder responder, Asked asked) {
        OcspAnswer.Said said = (OcspAnswer.Said) responder.answer(OcspRequest.parse(asked.octets()));
        byte[] octets = new byte[said.answer().length()];
        said.answer().octets().get(octets);
        return octets;
    }

    private Optional<String> objection(CertificateDer anchor, CertificateDer device, List<CertificateDer> others) {
        return new CertificatePath(
                        device,
                        others.stream().filter(one -> !one.equals(anchor)).toList())
                .objection(anchor, ca.clock.instant());
    }

    private CertificateDer root(IssuerGeneration generation) {
        return ca.authorities.record(generation).orElseThrow().chain().getFirst();
    }

    private IssuedCertificate enrolled(String device) {
        ca.registered(device, Map.of());
        return TestCa.issued(ca.enrollment.enroll(
                ca.withCode(device), TestCa.label(SampleProfiles.LDEVID), Csrs.named(device), TestCa.REQUEST));
    }

    private static List<IssuerSettings> issuers(KeySpec key) {
        return TestCa.issuers(Optional.empty()).stream()
                .map(issuer -> new IssuerSettings(
                        issuer.name(),
                        issuer.subject(),
                        key,
                        issuer.validity(),
                        issuer.pathLength(),
                        issuer.origin(),
                        issuer.crl()))
                .toList();
    }

    private static void done(RotationOutcome outcome) {
        assertThat(outcome).isInstanceOf(RotationOutcome.Done.class);
    }

    /** There is no fleet to wait for. */
    private static final class Nobody implements FetchedChains {
        @Override
        public void note(Map<CertificateDer, Set<IssuerGeneration>> fetched) {
            throw new AssertionError("nobody fetches anything here: " + fetched);
        }

        @Override
        public Reach reach(IssuerGeneration generation, Set<IssuerName> issuers, Instant since, Instant now) {
            return new Reach(0, 0);
        }

        @Override
        public void forget(IssuerGeneration generation) {
            throw new AssertionError("nothing is retired here: " + generation);
        }
    }

    private static final class Silent implements Outlook {
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
