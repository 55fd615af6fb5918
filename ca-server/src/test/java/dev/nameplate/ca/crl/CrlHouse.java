package dev.nameplate.ca.crl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.lint.CrlLinter;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.policy.Locations;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.MemoryCrls;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentVerifierProviderBuilder;

/** A CA in memory with its CRLs in a directory; publishing is done when {@link #look} returns. */
final class CrlHouse implements CrlEvents {
    static final IssuerGeneration DEVICES = new IssuerGeneration(SampleProfiles.DEVICES, 1);
    static final CrlScope FULL = CrlScope.full(DEVICES);
    static final Duration LASTS = Duration.ofDays(7);
    static final Duration EVERY = Duration.ofHours(12);
    private static final String URL = "http://ca.example.com/crl/${issuer}/${shard}.crl";

    final TestCa ca;
    final MemoryCrls crls;
    final Path directory;
    final Revocations revocations;
    final List<String> failures = new ArrayList<>();
    final List<PublishedCrl> published = new ArrayList<>();
    Runnable awakened = () -> {};
    private final int shards;
    private CrlPublisher publisher;
    private int devices;

    CrlHouse(Path directory, int shards) {
        this.ca = TestCa.with(profiles(shards));
        this.crls = new MemoryCrls(ca.store);
        this.directory = directory;
        this.revocations = new Revocations(ca.store.revocations(), ca.store.feed(), ca.clock);
        this.shards = shards;
        this.publisher = publisher("one");
        publisher.prepare();
    }

    /** As after a restart. */
    void restart() {
        publisher = publisher("another");
    }

    CrlPublisher publisher(String self) {
        return new CrlPublisher(
                new CrlPlan(ca.authorities, Map.of(SampleProfiles.DEVICES, new CrlTerms(LASTS, EVERY)), this::points),
                crls.records(),
                new PublicDirectory(directory),
                new CrlLinter(),
                ca.clock,
                new CrlPublisher.Surroundings(Runnable::run, () -> awakened.run(), this, self, System::nanoTime));
    }

    CrlPublisher publisher() {
        return publisher;
    }

    /** Once to begin, once to hear what came of it, and again while there is more to do than is done at once. */
    void look() {
        int before;
        do {
            before = published.size() + failures.size();
            publisher.look();
            publisher.look();
        } while (published.size() + failures.size() > before);
    }

    void lookAfter(Duration time) {
        ca.clock.advance(time);
        look();
    }

    IssuedCertificate issue() {
        devices++;
        String name = "sensor-" + devices;
        ca.registered(name, Map.of());
        return TestCa.issued(ca.enrollment.enroll(
                ca.withCode(name), TestCa.label(SampleProfiles.LDEVID), Csrs.named(name), TestCa.REQUEST));
    }

    void revoke(IssuedCertificate certificate) {
        revocations.revoke(
                certificate.issuer(),
                certificate.serial(),
                RevocationReason.KEY_COMPROMISE,
                Optional.empty(),
                Cause.SYSTEM);
    }

    /** From now on it signs no certificate any more. */
    void retire() {
        for (IssuerRecord issuer : ca.store.issuers().list()) {
            if (issuer.generation().equals(DEVICES)) {
                var retired = new IssuerRecord(
                        DEVICES, IssuerRecord.State.RETIRED, issuer.keyUri(), issuer.chain(), issuer.createdAt());
                assertThat(ca.store
                                .issuers()
                                .update(
                                        retired,
                                        Cause.SYSTEM.event(
                                                ca.clock.instant(), "issuer.retired", "issuer:" + DEVICES, Map.of())))
                        .isTrue();
            }
        }
        ca.authorities.reload();
    }

    int shardOf(IssuedCertificate certificate) {
        return ca.store.ledger().shardOf(certificate.certificate());
    }

    /** What everyone can fetch. */
    X509CRLHolder shown(CrlScope scope) throws IOException {
        return new X509CRLHolder(Files.readAllBytes(file(scope)));
    }

    int entries(CrlScope scope) throws IOException {
        return shown(scope).getRevokedCertificates().size();
    }

    Path file(CrlScope scope) {
        return new PublicDirectory(directory).file(scope);
    }

    boolean lists(CrlScope scope, IssuedCertificate certificate) throws IOException {
        return shown(scope).getRevokedCertificate(certificate.serial().value()) != null;
    }

    long number(CrlScope scope) {
        return crls.all().stream()
                .filter(crl -> crl.scope().equals(scope))
                .findFirst()
                .orElseThrow()
                .number();
    }

    boolean verifies(CrlScope scope) throws Exception {
        var key = ca.authorities.crlKeys().stream()
                .filter(one -> one.generation().equals(scope.issuer()))
                .findFirst()
                .orElseThrow();
        return shown(scope).isSignatureValid(verifier(key.certificate().parsed()));
    }

    @Override
    public void published(PublishedCrl crl, Duration took) {
        published.add(crl);
    }

    @Override
    public void failed(String reason) {
        failures.add(reason);
    }

    @Override
    public void looked(List<CrlState> states) {
        // the states are asked for where they matter
    }

    private List<CrlPoint> points() {
        return shards == 0 ? List.of() : List.of(new CrlPoint(DEVICES, URL.replace("${issuer}", "devices"), shards));
    }

    private static org.bouncycastle.operator.ContentVerifierProvider verifier(
            org.bouncycastle.cert.X509CertificateHolder issuer) throws OperatorCreationException {
        return new BcECContentVerifierProviderBuilder(new DefaultDigestAlgorithmIdentifierFinder()).build(issuer);
    }

    private static Profiles profiles(int shards) {
        Profile usual = SampleProfiles.ldevid();
        return new Profiles(List.of(new Profile(
                usual.name(),
                usual.issuer(),
                usual.keys(),
                usual.validity(),
                usual.subject(),
                usual.usages(),
                new Locations(List.of(), List.of(URL), shards, List.of(), List.of()),
                usual.renewal())));
    }
}
