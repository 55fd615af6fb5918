package dev.nameplate.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Signatures;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.software.SoftwareVault;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;

class ExternalIssuersTest {
    private final TestCa elsewhere = TestCa.founded();
    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final KeyVault vault = new SoftwareVault("test");
    private final ExternalIssuers external = new ExternalIssuers(vault, store.issuers(), clock);
    private final IssuerSettings settings = new IssuerSettings(
            SampleProfiles.DEVICES,
            "CN=Devices,O=Example",
            KeySpec.EC_P256,
            Optional.empty(),
            OptionalInt.of(0),
            new IssuerSettings.Origin.Elsewhere(),
            CrlTerms.usual());

    ExternalIssuersTest() {
        new Founding(vault, store.issuers(), store.ledger()::claimKey, new Linter(), clock, new SecureRandom())
                .found(List.of(settings), Cause.SYSTEM);
    }

    @Test
    void asksWithARequestThatTheIssuersKeySigned() throws Exception {
        PKCS10CertificationRequest request = request();

        assertThat(request.getSubject()).hasToString("O=Example,CN=Devices");
        assertThat(Signatures.verifies(
                        request.getSignatureAlgorithm(),
                        PublicKeyFactory.createKey(request.getSubjectPublicKeyInfo()),
                        request.toASN1Structure().getCertificationRequestInfo().getEncoded(),
                        request.getSignature()))
                .isTrue();
    }

    @Test
    void takesTheChainAndSignsFromThenOn() throws Exception {
        var outcome = external.importChain(SampleProfiles.DEVICES, chain(), Cause.SYSTEM);

        assertThat(outcome).isInstanceOf(ExternalIssuers.ImportOutcome.Imported.class);
        assertThat(new Authorities(store.issuers(), vault).activeKeyFor(SampleProfiles.DEVICES))
                .isPresent();
        assertThat(new Authorities(store.issuers(), vault).chainFor(SampleProfiles.DEVICES))
                .hasSize(2);
    }

    @Test
    void refusesACertificateForAnotherKey() {
        assertThat(objectionTo(elsewhere.authorities.chainFor(SampleProfiles.DEVICES)))
                .contains("not for the key of issuer devices/1");
    }

    @Test
    void refusesAChainThatDoesNotEndInItsRoot() throws Exception {
        assertThat(objectionTo(chain().subList(0, 1))).contains("is not signed by the next one");
        assertThat(objectionTo(List.of())).contains("empty");
    }

    @Test
    void refusesAChainThatIsOver() throws Exception {
        List<CertificateDer> chain = chain();
        clock.advance(Duration.ofDays(400));

        assertThat(objectionTo(chain)).contains("is not valid now");
    }

    @Test
    void takesAChainOnce() throws Exception {
        external.importChain(SampleProfiles.DEVICES, chain(), Cause.SYSTEM);

        assertThat(external.importChain(SampleProfiles.DEVICES, chain(), Cause.SYSTEM))
                .isInstanceOfSatisfying(
                        ExternalIssuers.ImportOutcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.NotPossibleNow.class));
    }

    private String objectionTo(List<CertificateDer> chain) {
        var refused = (ExternalIssuers.ImportOutcome.Refused)
                external.importChain(SampleProfiles.DEVICES, chain, Cause.SYSTEM);
        return ((Refusal.FieldWrong) refused.refusal()).why();
    }

    private PKCS10CertificationRequest request() throws IOException {
        var made = (ExternalIssuers.RequestOutcome.Made) external.request(settings);
        return new PKCS10CertificationRequest(made.pkcs10());
    }

    /** What the other CA's root makes of the request. */
    private List<CertificateDer> chain() throws IOException {
        var key = vault.list().getFirst().publicKey();
        IssuerKey root = elsewhere.authorities.activeKeyFor(TestCa.ROOT).orElseThrow();
        Instant now = elsewhere.clock.instant();
        var linted = elsewhere.linter.lint(
                CaDraft.of(settings, settings.distinguishedName(), key)
                        .under(
                                root,
                                SerialNumber.random(new SecureRandom()),
                                new Term(now, now.plus(Duration.ofDays(365)))),
                root.signatory(),
                CaDraft.expected());
        return List.of(root.sign(linted), root.certificate());
    }
}
