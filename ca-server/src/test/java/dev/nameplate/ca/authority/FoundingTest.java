package dev.nameplate.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.testkit.FlakyKey;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.VaultUnavailableException;
import dev.nameplate.hsm.software.SoftwareVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.junit.jupiter.api.Test;

class FoundingTest {
    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final FlakyKey vault = new FlakyKey(new SoftwareVault("test"));
    private final Founding founding =
            new Founding(vault, store.issuers(), store.ledger()::claimKey, new Linter(), clock, new SecureRandom());

    @Test
    void makesARootForEverAndAnIssuerBelowIt() {
        List<IssuerRecord> founded = found(TestCa.issuers(Optional.empty()));

        IssuerRecord root = founded.getFirst();
        IssuerRecord issuer = founded.getLast();
        assertThat(root.generation()).hasToString("root/1");
        assertThat(issuer.chain()).hasSize(2).endsWith(root.chain().getFirst());
        assertThat(issuer.chain().getFirst().parsed().getSubject()).hasToString("C=DE,O=Example,CN=Example Device CA");
        assertThat(notAfter(root)).isEqualTo("9999-12-31T23:59:59Z");
        assertThat(BasicConstraints.fromExtensions(
                                issuer.chain().getFirst().parsed().getExtensions())
                        .getPathLenConstraint())
                .isZero();
        assertThat(ChainCheck.objectionTo(issuer.chain(), clock.instant())).isEmpty();
    }

    @Test
    void endsAnIssuerWithItsParent() {
        List<IssuerSettings> wanted = List.of(
                root(Optional.of(Duration.ofDays(3650))),
                settings("devices", Optional.of(Duration.ofDays(7300)), new IssuerSettings.Origin.Parent(TestCa.ROOT)));

        List<IssuerRecord> founded = found(wanted);

        assertThat(notAfter(founded.getLast())).isEqualTo(notAfter(founded.getFirst()));
    }

    @Test
    void makesNothingTwice() {
        List<IssuerRecord> first = found(TestCa.issuers(Optional.empty()));
        int signatures = vault.signatures();

        assertThat(found(TestCa.issuers(Optional.empty()))).isEqualTo(first);
        assertThat(vault.signatures()).isEqualTo(signatures);
        assertThat(vault.list()).hasSize(2);
    }

    @Test
    void goesOnWithTheSameKeysAfterItWasCutOff() {
        vault.be(FlakyKey.Mood.AWAY);
        assertThatThrownBy(() -> found(TestCa.issuers(Optional.empty()))).isInstanceOf(VaultUnavailableException.class);
        assertThat(vault.list()).hasSize(1);
        vault.be(FlakyKey.Mood.GOOD);

        assertThat(found(TestCa.issuers(Optional.empty()))).hasSize(2);

        assertThat(vault.list()).hasSize(2);
    }

    @Test
    void recordsNoCertificateThatTheTokenSignedWrongly() {
        vault.be(FlakyKey.Mood.SIGNS_SOMETHING_ELSE);

        assertThatThrownBy(() -> found(TestCa.issuers(Optional.empty())))
                .isInstanceOf(SigningUnavailableException.class);

        assertThat(store.issuers().list()).isEmpty();
    }

    @Test
    void putsTheKeysOfIssuersOnRecord() {
        IssuerRecord root = found(TestCa.issuers(Optional.empty())).getFirst();

        assertThat(store.ledger().holderOfKey(root.chain().getFirst().keyHash()))
                .contains(Holder.ofCa("issuer-root/1"));
    }

    @Test
    void preparesAnIssuerThatIsSignedElsewhere() {
        var wanted = List.of(settings("devices", Optional.empty(), new IssuerSettings.Origin.Elsewhere()));

        IssuerRecord prepared = found(wanted).getFirst();

        assertThat(prepared.state()).isEqualTo(IssuerRecord.State.PREPARED);
        assertThat(prepared.chain()).isEmpty();
        assertThat(new Authorities(store.issuers(), vault).activeKeyFor(SampleProfiles.DEVICES))
                .isEmpty();
    }

    @Test
    void refusesAParentThatIsNotThere() {
        var wanted = List.of(
                settings("devices", Optional.empty(), new IssuerSettings.Origin.Parent(new IssuerName("nowhere"))));

        assertThatThrownBy(() -> found(wanted))
                .isInstanceOf(FoundingException.class)
                .hasMessageContaining("issuers.devices.parent");
    }

    @Test
    void refusesAKeyOfAnotherKindThanWanted() {
        vault.generate(KeySpec.EC_P256, "issuer-root-1");

        assertThatThrownBy(() -> found(List.of(root(Optional.empty()))))
                .isInstanceOf(FoundingException.class)
                .hasMessageContaining("issuer-root-1");
    }

    private List<IssuerRecord> found(List<IssuerSettings> wanted) {
        return founding.found(wanted, Cause.SYSTEM);
    }

    private static IssuerSettings root(Optional<Duration> validity) {
        return new IssuerSettings(
                TestCa.ROOT,
                "CN=Root",
                KeySpec.EC_P384,
                validity,
                OptionalInt.empty(),
                new IssuerSettings.Origin.ItsOwnKey(),
                CrlTerms.usual());
    }

    private static IssuerSettings settings(String name, Optional<Duration> validity, IssuerSettings.Origin origin) {
        return new IssuerSettings(
                new IssuerName(name),
                "CN=Devices",
                KeySpec.EC_P256,
                validity,
                OptionalInt.of(0),
                origin,
                CrlTerms.usual());
    }

    private static Instant notAfter(IssuerRecord issuer) {
        CertificateDer certificate = issuer.chain().getFirst();
        return certificate.parsed().getNotAfter().toInstant();
    }
}
