package dev.nameplate.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.CertificatePath;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.software.SoftwareVault;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cacerts hands out while one root gives way to the next (RFC 7030, 4.1.3; RFC 9810, 4.4). */
class RootLinksTest {
    private final MemoryStore store = MemoryStore.empty();
    private final MutableClock clock = MutableClock.started();
    private final SoftwareVault vault = new SoftwareVault("test");
    private final Authorities authorities = new Authorities(store.issuers(), vault);
    private CertificateDer oldWithOld;
    private CertificateDer oldWithNew;
    private CertificateDer newWithOld;
    private CertificateDer newWithNew;
    private List<CertificateDer> handedOut;

    @BeforeEach
    void rollsOver() {
        List<IssuerSettings> settings = TestCa.issuers(Optional.empty());
        new Founding(vault, store.issuers(), store.ledger()::claimKey, new Linter(), clock, new SecureRandom())
                .found(settings, Cause.SYSTEM);
        clock.advance(Duration.ofDays(400));
        Rotation rotation = new Rotation(
                new Rotation.Ground(vault, store.issuers(), store.ledger()::claimKey, new Linter(), settings),
                new Rotation.Gate(new NobodyFetches(), new NothingEnds(), RotationTerms.usual()),
                clock,
                new SecureRandom());
        IssuerRecord root = done(rotation.prepare(TestCa.ROOT, Cause.SYSTEM));
        root = done(rotation.publish(root.generation(), List.of(), Cause.SYSTEM));
        authorities.reload();
        handedOut = authorities.chainFor(SampleProfiles.DEVICES);
        oldWithOld = authorities
                .record(new IssuerGeneration(TestCa.ROOT, 1))
                .orElseThrow()
                .chain()
                .getFirst();
        newWithNew = root.chain().getFirst();
        oldWithNew = linkOf(root, oldWithOld);
        newWithOld = linkOf(root, newWithNew);
    }

    @Test
    void allFourAreHandedOut() {
        assertThat(handedOut).contains(oldWithOld, oldWithNew, newWithOld, newWithNew);
        assertThat(handedOut).extracting(one -> one.serial()).doesNotHaveDuplicates();
    }

    @Test
    void eachIsSignedByTheOther() {
        assertSignedBy(newWithNew, oldWithNew);
        assertSignedBy(oldWithOld, newWithOld);
    }

    @Test
    void eachLastsAsLongAsTheOldKeyAtMost() {
        assertThat(oldWithNew.parsed().getNotBefore())
                .isEqualTo(oldWithOld.parsed().getNotBefore());
        assertThat(newWithOld.parsed().getNotBefore())
                .isEqualTo(newWithNew.parsed().getNotBefore());
        for (CertificateDer link : List.of(oldWithNew, newWithOld)) {
            assertThat(link.parsed().getNotAfter())
                    .isBeforeOrEqualTo(oldWithOld.parsed().getNotAfter());
        }
    }

    @Test
    void eachIsACaOfTheSameNameWithNoTighterLimits() throws IOException {
        for (CertificateDer link : List.of(oldWithNew, newWithOld)) {
            Extensions extensions = link.parsed().getExtensions();
            assertThat(link.parsed().getSubject().getEncoded())
                    .isEqualTo(oldWithOld.parsed().getSubject().getEncoded())
                    .isEqualTo(link.parsed().getIssuer().getEncoded());
            assertThat(BasicConstraints.fromExtensions(extensions).isCA()).isTrue();
            assertThat(BasicConstraints.fromExtensions(extensions).getPathLenConstraint())
                    .isNull();
            assertThat(KeyUsage.fromExtensions(extensions).hasUsages(KeyUsage.keyCertSign))
                    .isTrue();
        }
    }

    private static void assertSignedBy(CertificateDer signer, CertificateDer link) {
        assertThat(AuthorityKeyIdentifier.fromExtensions(link.parsed().getExtensions())
                        .getKeyIdentifierOctets())
                .isEqualTo(SubjectKeyIdentifier.fromExtensions(signer.parsed().getExtensions())
                        .getKeyIdentifier());
        assertThat(new CertificatePath(link, List.of())
                        .objection(
                                signer, link.parsed().getNotAfter().toInstant().minusSeconds(1)))
                .isEmpty();
    }

    private static CertificateDer linkOf(IssuerRecord root, CertificateDer certified) {
        return root.links().stream()
                .filter(link -> link.keyHash().equals(certified.keyHash()))
                .findFirst()
                .orElseThrow();
    }

    /** No device has fetched anything. */
    private static final class NobodyFetches implements FetchedChains {
        @Override
        public void note(Map<CertificateDer, Set<IssuerGeneration>> fetched) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public Reach reach(IssuerGeneration published, Set<IssuerName> issuers, Instant since, Instant now) {
            return new Reach(0, 0);
        }

        @Override
        public void forget(IssuerGeneration generation) {
            throw new AssertionError("nobody was noted");
        }
    }

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

    private static IssuerRecord done(RotationOutcome outcome) {
        return ((RotationOutcome.Done) outcome).issuer();
    }
}
