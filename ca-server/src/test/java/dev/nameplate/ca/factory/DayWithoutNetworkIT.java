package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.audit.AuditCertificates;
import dev.nameplate.ca.audit.Statements;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.KekName;
import dev.nameplate.ca.factory.keys.KeyRecipient;
import dev.nameplate.ca.factory.offline.BundleRegister;
import dev.nameplate.ca.factory.offline.Deed;
import dev.nameplate.ca.factory.offline.Drawing;
import dev.nameplate.ca.factory.offline.Expiry;
import dev.nameplate.ca.factory.offline.JournalLine;
import dev.nameplate.ca.factory.offline.Reporting;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.station.BundleFiles;
import dev.nameplate.ca.station.BundleSpentException;
import dev.nameplate.ca.station.DrawnBundle;
import dev.nameplate.ca.station.JournalKey;
import dev.nameplate.ca.station.RealDisk;
import dev.nameplate.ca.station.UnitOpener;
import dev.nameplate.ca.testkit.MemoryBundles;
import dev.nameplate.ca.testkit.MemoryHandovers;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import dev.nameplate.hsm.KekHandover;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.WrappedDeviceKey;
import dev.nameplate.hsm.software.SoftwareInjection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line that draws its units and then has no network for a day, while the CA's own clock goes on. */
final class DayWithoutNetworkIT {
    private static final int UNITS = 24;
    private static final BundleName BUNDLE = new BundleName("0123456789abcdef0123456789abcdef");

    private final Plant plant = Plant.with(UNITS + 1, KeyOrigin.INJECTED);
    private final KeyPair recipient = pair("RSA", 2048);
    private final JournalKey journal = JournalKey.of(pair("EC", 256));
    private final BatchKeys keys = new BatchKeys(new SoftwareInjection("test"));
    private final MemoryBundles bundles = new MemoryBundles();
    private final MemoryHandovers handovers = new MemoryHandovers(plant.ca.store.audit());
    private final Line line = new Line(
            plant.ca.store.factory(),
            plant.ca.store.ledger(),
            new Line.Certifying(plant.ca.policy, plant.ca.issuer),
            (_, _) -> made(),
            plant.ca.store.feed(),
            plant.ca.clock,
            plant.ca.random);
    private final Reporting reporting = new Reporting(bundles, line, plant.ca.clock);

    /** The station's own, which is years behind and goes on just as fast. */
    private final MutableClock local = new MutableClock(plant.ca.clock.instant().minus(Duration.ofDays(3000)));

    @TempDir
    private Path directory;

    @BeforeEach
    void drawsForThreeDays() throws IOException {
        plant.ca.store.factory().knows(bundles);
        Party root = Recipe.ca("CN=root").selfSigned();
        Party auditor =
                Recipe.leaf("CN=audit").purpose(AuditCertificates.PURPOSE).by(root);
        var statements = new Statements(auditor::sign, auditor.certificate(), List.of(root.certificate()));
        KekHandover handover = keys.handOver(name(), publicKey());
        var kek = new Handover.Kek(
                1, new KeyPackage(handover.recipientInfo()), handover.kek().checkValue(), handover.insideToken());
        handovers.record(
                new Handover(Plant.BATCH, Plant.LINE_1, Keys.hashOf(publicKey()), kek, plant.ca.clock.instant()),
                Plant.CAUSE.event(plant.ca.clock.instant(), "kek.handed-over", "batch:WO-1", Map.of()));
        var drawing = new Drawing(
                new Drawing.Records(plant.ca.store.factory(), handovers, bundles),
                line,
                statements::sign,
                issuer -> plant.ca.authorities.record(issuer).orElseThrow().chain(),
                plant.ca.clock);
        var wish = new Drawing.Wish(BUNDLE, Plant.BATCH, UNITS, Duration.ofDays(3), publicKey(), journal.publicKey());
        var drawn = (BundleRegister.Draw.Drawn) drawing.draw(wish, Plant.LINE_1, Plant.CAUSE);
        Files.createDirectories(directory.resolve("units"));
        BundleFiles.keep(
                directory,
                envelopes(drawing.fill(BUNDLE, 1, UNITS, publicKey(), Plant.CAUSE)).stream()
                        .map(each -> new BundleFiles.Fetched(each.place(), each.unit(), each.sealed()))
                        .toList(),
                new RealDisk());
        BundleFiles.finish(
                directory, drawn.bundle().signed(), handover.recipientInfo(), local.instant(), new RealDisk());
    }

    @Test
    void losesNothingOfWhatTheLineMadeMeanwhile() throws Exception {
        var expiry = new Expiry(bundles, line, plant.ca.clock);
        for (int hour = 1; hour < UNITS; hour++) {
            local.advance(Duration.ofHours(1));
            plant.ca.clock.advance(Duration.ofHours(1));
            expiry.settle();
            make("device-" + hour);
        }

        assertThat(report()).isEqualTo(new Reporting.Outcome.Taken(3 * (UNITS - 1), List.of()));

        assertThat(plant.ca.store.factory().count(Plant.BATCH))
                .containsEntry(UnitState.VERIFIED, UNITS - 1)
                .containsEntry(UnitState.ISSUED, 1);
        assertThat(valid()).hasSize(UNITS);
        assertThat(plant.batch().used()).isEqualTo(UNITS);
        plant.ca.clock.advance(Duration.ofDays(3));
        expiry.settle();
        assertThat(valid()).as("without the one that no device got").hasSize(UNITS - 1);
        assertThat(plant.ca.store.factory().count(Plant.BATCH)).containsEntry(UnitState.SCRAPPED, 1);
        assertThat(report()).as("the same again").isEqualTo(new Reporting.Outcome.Taken(3 * (UNITS - 1), List.of()));
    }

    @Test
    void givesNothingMoreWhenTheNetworkStaysAwayUntilTheBundleExpires() throws Exception {
        make("device-1");
        local.advance(Duration.ofDays(3));

        assertThatThrownBy(() -> bundle().give("device-2"))
                .isInstanceOf(BundleSpentException.class)
                .hasMessageContainingAll("expired", "report it and draw another");

        assertThat(bundle().give("device-1").key())
                .as("what it had it has again")
                .isNotEmpty();
    }

    private static List<Drawing.Envelope> envelopes(Drawing.Filling filling) {
        return switch (filling) {
            case Drawing.Filling.Filled(var envelopes) -> envelopes;
            case Drawing.Filling.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    private void make(String device) throws GeneralSecurityException {
        DrawnBundle.Given given = bundle().give(device);
        bundle().note(device, new Deed.Written());
        bundle().note(device, new Deed.Proved(signature(given)));
    }

    /** As each command of the station opens it anew. */
    private DrawnBundle bundle() {
        BundleFiles files = BundleFiles.read(directory, journal, Optional.empty());
        return new DrawnBundle(files, opener(files), new RealDisk(), local);
    }

    private UnitOpener opener(BundleFiles files) {
        try {
            byte[] kek = new KeyRecipient(recipient.getPrivate()).keyEncryptionKey(files.kek());
            return new UnitOpener(recipient.getPrivate(), kek, Optional.empty());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] signature(DrawnBundle.Given given) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(given.key())));
        signer.update(given.unit().toSign());
        return signer.sign();
    }

    private Reporting.Outcome report() {
        List<String> lines =
                bundle().journal().lines().stream().map(JournalLine::text).toList();
        return reporting.report(BUNDLE, new Reporting.Handed(lines, lines.size()), Plant.LINE_1, Plant.CAUSE);
    }

    private List<IssuedCertificate> valid() {
        return plant.ca.store.ledger().all().stream()
                .filter(issued -> issued.standing() instanceof Standing.Good)
                .toList();
    }

    private UnitKeys.Making made() {
        WrappedDeviceKey made = keys.make(name(), KeySpec.EC_P256);
        return new UnitKeys.Making.Made(
                made.publicKey(),
                new KeyPackage(made.encryptedPrivateKeyInfo(), Optional.of(new KekNumber(Plant.LINE_1, 1))));
    }

    private static KekName name() {
        return new KekName(Plant.BATCH.value(), Plant.LINE_1.value());
    }

    private SubjectPublicKeyInfo publicKey() {
        return SubjectPublicKeyInfo.getInstance(recipient.getPublic().getEncoded());
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
