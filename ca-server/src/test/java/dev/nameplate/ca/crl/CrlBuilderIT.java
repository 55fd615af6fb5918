package dev.nameplate.ca.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.authority.CrlKey;
import dev.nameplate.ca.lint.CrlLinter;
import dev.nameplate.ca.lint.LintFailedException;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.testkit.FlakyKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeySpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.bc.BcECContentVerifierProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The streaming writer beside Bouncy Castle's builder. */
@SuppressWarnings("JavaUtilDate") // Bouncy Castle takes nothing else
class CrlBuilderIT {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final CrlTimes TIMES = new CrlTimes(NOW, NOW.plusSeconds(604_800), NOW);
    private static final List<String> NONE = List.of();

    private final TestCa ca = TestCa.founded();
    private final CrlKey key = ca.authorities.crlKeys().stream()
            .filter(one -> one.generation().issuer().equals(SampleProfiles.DEVICES))
            .findFirst()
            .orElseThrow();

    @TempDir
    private Path directory;

    @TempDir
    private Path results;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 1400, 40_000})
    void signsTheSameOctetsAsBouncyCastlesBuilder(int entries) throws Exception {
        List<CrlEntry> revoked = sample(entries);

        Path file = build(full(5), revoked);

        X509CRLHolder crl = new X509CRLHolder(Files.readAllBytes(file));
        assertThat(crl.toASN1Structure().getTBSCertList().getEncoded(ASN1Encoding.DER))
                .isEqualTo(oracle(full(5), revoked));
        assertThat(crl.isSignatureValid(
                        new BcECContentVerifierProviderBuilder(new DefaultDigestAlgorithmIdentifierFinder())
                                .build(key.certificate().parsed())))
                .isTrue();
        assertThat(crl.toASN1Structure().getEncoded(ASN1Encoding.DER)).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void signsACrlWithMlDsaThatAnotherImplementationVerifies() throws Exception {
        CrlKey quantum =
                TestCa.signingWith(KeySpec.ML_DSA_65).authorities.crlKeys().getFirst();
        CrlDraft draft = new CrlDraft(CrlScope.full(quantum.generation()), quantum, 1, TIMES, NONE);

        Path file = build(draft, sample(1400));

        var factory = CertificateFactory.getInstance("X.509", "SUN");
        var issuer = factory.generateCertificate(
                new ByteArrayInputStream(quantum.certificate().octets()));
        var crl = (X509CRL) factory.generateCRL(new ByteArrayInputStream(Files.readAllBytes(file)));
        crl.verify(issuer.getPublicKey(), "SUN");
        assertThat(crl.getRevokedCertificates()).hasSize(1400);
    }

    @Test
    void writesAShardWithItsDistributionPoint() throws Exception {
        CrlDraft shard = shard();

        Path file = build(shard, sample(3));

        X509CRLHolder crl = new X509CRLHolder(Files.readAllBytes(file));
        assertThat(crl.toASN1Structure().getTBSCertList().getEncoded(ASN1Encoding.DER))
                .isEqualTo(oracle(shard, sample(3)));
        assertThat(crl.getExtensions().getCriticalExtensionOIDs()).containsExactly(Extension.issuingDistributionPoint);
    }

    @Test
    void hasNothingCriticalOnTheCrlOfEverything() throws Exception {
        X509CRLHolder crl = new X509CRLHolder(Files.readAllBytes(build(full(1), sample(3))));

        assertThat(crl.getExtensions().getCriticalExtensionOIDs()).isEmpty();
    }

    @Test
    void saysWhatIsInTheFile() throws IOException {
        Path file = directory.resolve("made");
        CrlContent content;
        try (Spool spool = new Spool(directory.resolve("spool"))) {
            CrlBuilder.spool(sample(50_000).iterator(), NOW.getEpochSecond(), spool);
            content = new CrlBuilder(new CrlLinter()).build(full(1), spool, file);
        }

        assertThat(content).isEqualTo(new CrlContent(50_000, Files.size(file), Sha256.of(Files.readAllBytes(file))));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void refusesAnEntryThatBreaksTheRules() {
        assertThatThrownBy(() ->
                        build(full(1), List.of(entry(BigInteger.TEN, NOW.getEpochSecond() + 1, 1, CrlEntry.NOWHEN))))
                .isInstanceOf(LintFailedException.class)
                .hasMessageContaining("an entry");
        assertThatThrownBy(
                        () -> build(full(1), List.of(entry(BigInteger.TEN, NOW.getEpochSecond(), 7, CrlEntry.NOWHEN))))
                .isInstanceOf(LintFailedException.class);
        assertThatThrownBy(
                        () -> build(full(1), List.of(entry(BigInteger.ZERO, NOW.getEpochSecond(), 1, CrlEntry.NOWHEN))))
                .isInstanceOf(LintFailedException.class);
    }

    @Test
    void releasesNothingWithAWrongSignature() {
        ca.vault.be(FlakyKey.Mood.SIGNS_SOMETHING_ELSE);

        assertThatThrownBy(() -> build(full(1), sample(2))).hasMessageContaining("wrong signature");

        assertThat(directory).isEmptyDirectory();
    }

    private CrlDraft full(long number) {
        return new CrlDraft(CrlScope.full(key.generation()), key, number, TIMES, NONE);
    }

    private CrlDraft shard() {
        var scope = new CrlScope(key.generation(), 7);
        return new CrlDraft(scope, key, 300, TIMES, List.of("http://a/crl/devices/g1-7.crl", "http://b/g1-7.crl"));
    }

    private Path build(CrlDraft draft, List<CrlEntry> entries) throws IOException {
        Path file = Files.createTempDirectory(results, "crl").resolve("crl");
        try (Spool spool = new Spool(directory.resolve("spool"))) {
            CrlBuilder.spool(entries.iterator(), Long.MAX_VALUE, spool);
            new CrlBuilder(new CrlLinter()).build(draft, spool, file);
        }
        return file;
    }

    /** Serials of all lengths, times on both sides of 1970 + n days, every reason, some with an invalidity date. */
    private static List<CrlEntry> sample(int count) {
        Random random = new Random(4711);
        int[] reasons = {0, 1, 2, 3, 4, 5, 6, 9, 10};
        List<CrlEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BigInteger serial = new BigInteger(1 + random.nextInt(159), random).add(BigInteger.ONE);
            long at = NOW.getEpochSecond() - random.nextInt(100_000_000);
            entries.add(entry(
                    serial,
                    at,
                    reasons[i % reasons.length],
                    i % 3 == 0 ? at - random.nextInt(10_000_000) : CrlEntry.NOWHEN));
        }
        return entries;
    }

    private static CrlEntry entry(BigInteger serial, long at, int reason, long invalidAt) {
        byte[] padded = new byte[20];
        byte[] octets = serial.toByteArray();
        System.arraycopy(octets, 0, padded, 20 - octets.length, octets.length);
        return CrlEntry.of(padded, at, reason, invalidAt);
    }

    /** What Bouncy Castle would have signed. */
    private byte[] oracle(CrlDraft draft, List<CrlEntry> entries) throws Exception {
        var builder = new X509v2CRLBuilder(key.name(), Date.from(draft.times().thisUpdate()));
        builder.setNextUpdate(Date.from(draft.times().nextUpdate()));
        for (CrlEntry entry : entries) {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            if (entry.reason() != 0) {
                extensions.addExtension(Extension.reasonCode, false, CRLReason.lookup(entry.reason()));
            }
            if (entry.invalidAt() != CrlEntry.NOWHEN) {
                extensions.addExtension(
                        Extension.invalidityDate,
                        false,
                        new ASN1GeneralizedTime(Date.from(Instant.ofEpochSecond(entry.invalidAt()))));
            }
            builder.addCRLEntry(
                    new BigInteger(1, entry.serial()),
                    Date.from(Instant.ofEpochSecond(entry.revokedAt())),
                    extensions.isEmpty() ? null : extensions.generate());
        }
        builder.addExtension(Extension.authorityKeyIdentifier, false, key.keyIdentifier());
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(draft.number())));
        if (!draft.distributionPoint().isEmpty()) {
            GeneralName[] names = draft.distributionPoint().stream()
                    .map(url -> new GeneralName(GeneralName.uniformResourceIdentifier, url))
                    .toArray(GeneralName[]::new);
            builder.addExtension(
                    Extension.issuingDistributionPoint,
                    true,
                    new IssuingDistributionPoint(
                            new DistributionPointName(new GeneralNames(names)), false, false, null, false, false));
        }
        return builder.build(new Unsigned()).toASN1Structure().getTBSCertList().getEncoded(ASN1Encoding.DER);
    }

    private final class Unsigned implements ContentSigner {
        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return key.signatory().algorithm();
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public byte[] getSignature() {
            return new byte[64];
        }
    }
}
