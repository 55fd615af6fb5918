package dev.nameplate.ca.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.factory.offline.BundleHeader;
import dev.nameplate.ca.factory.offline.Deed;
import dev.nameplate.ca.factory.offline.JournalEntry;
import dev.nameplate.ca.factory.offline.JournalLine;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.OperatorName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A station's power is cut at every operation of its disk, one after the other, before, within and after it. */
final class JournalPowerCutIT {
    private static final Instant DRAWN_AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final int UNITS = 4;
    private static final JournalKey KEY = JournalKey.of(keyPair());
    private static final BundleHeader HEADER = new BundleHeader(
            new BundleName("0123456789abcdef0123456789abcdef"),
            new BatchName("WO-1"),
            new OperatorName("line-1"),
            UNITS,
            DRAWN_AT,
            DRAWN_AT.plus(Duration.ofDays(3)),
            Keys.hashOf(KEY.publicKey()));

    @TempDir
    private Path directory;

    static Stream<Arguments> everyOperation() {
        return IntStream.rangeClosed(1, operations())
                .boxed()
                .flatMap(at -> Stream.of(CuttingDisk.Reached.values()).map(reached -> Arguments.of(at, reached)));
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void goesOnAfterAPowerCutAndGivesNoUnitTwice(int at, CuttingDisk.Reached reached) {
        CuttingDisk disk = new CuttingDisk(at, reached);

        assertThatThrownBy(() -> work(directory, disk)).isInstanceOf(CuttingDisk.PowerCutException.class);
        work(directory, new RealDisk());

        requireWholeDay(directory);
    }

    /** The power goes again while what the first cut left is put in order. */
    @ParameterizedTest
    @MethodSource("everyOperation")
    void goesOnAfterAnotherCutWhileItRecovers(int at, CuttingDisk.Reached reached) {
        assertThatThrownBy(() -> work(directory, new CuttingDisk(at, reached)))
                .isInstanceOf(CuttingDisk.PowerCutException.class);
        for (CuttingDisk.Reached second : CuttingDisk.Reached.values()) {
            try {
                work(directory, new CuttingDisk(1, second));
            } catch (CuttingDisk.PowerCutException again) {
                assertThat(again).isNotNull();
            }
        }
        work(directory, new RealDisk());

        requireWholeDay(directory);
    }

    @Test
    void noticesAnyBitThatIsFlipped() throws IOException {
        work(directory, new RealDisk());
        byte[] whole = Files.readAllBytes(directory.resolve("journal"));
        for (int at = 0; at < whole.length; at += 37) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            Files.write(directory.resolve("journal"), altered);

            assertThat(journal(directory, new LookingDisk()).damage())
                    .as("octet " + at)
                    .isPresent();
        }
    }

    @Test
    void noticesLinesThatAreMissingAtItsEnd() throws IOException {
        work(directory, new RealDisk());
        List<String> lines = Files.readAllLines(directory.resolve("journal"));
        for (int keep = 0; keep < lines.size() - 1; keep++) {
            Files.write(directory.resolve("journal"), lines.subList(0, keep));

            assertThat(journal(directory, new LookingDisk()).damage())
                    .as(keep + " lines")
                    .isPresent();
        }
    }

    /** As often as it is called it goes on where the journal says it was. */
    private static void work(Path directory, Disk disk) {
        for (int unit = 1; unit <= UNITS; unit++) {
            for (Deed deed : List.of(new Deed.Taken("device-" + unit), new Deed.Written())) {
                Journal journal = journal(directory, disk);
                assertThat(journal.damage()).isEmpty();
                DeviceId id = new DeviceId("WO-1-v0000000" + unit);
                boolean noted = entries(journal)
                        .anyMatch(
                                entry -> entry.unit().equals(id) && entry.deed().equals(deed));
                if (!noted) {
                    journal.append(id, deed, DRAWN_AT);
                }
            }
        }
    }

    private static void requireWholeDay(Path directory) {
        Journal journal = journal(directory, new LookingDisk());
        assertThat(journal.damage()).isEmpty();
        assertThat(entries(journal)
                        .map(entry -> entry.unit() + " " + entry.deed().word()))
                .hasSize(2 * UNITS)
                .doesNotHaveDuplicates();
        DrawnBundle.Standing standing = DrawnBundle.Standing.of(HEADER, journal);
        assertThat(standing.used()).isEqualTo(UNITS);
        assertThat(standing.left()).isZero();
    }

    private static Stream<JournalEntry> entries(Journal journal) {
        return journal.lines().stream().map(JournalLine::entry);
    }

    private static Journal journal(Path directory, Disk disk) {
        return Journal.read(directory, HEADER, KEY, disk);
    }

    private static int operations() {
        try {
            Path trial = Files.createTempDirectory("journal");
            CuttingDisk disk = new CuttingDisk(Integer.MAX_VALUE, CuttingDisk.Reached.ALL);
            work(trial, disk);
            try (Stream<Path> all = Files.list(trial)) {
                for (Path file : all.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(trial);
            return disk.operations();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
