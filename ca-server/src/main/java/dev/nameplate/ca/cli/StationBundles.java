package dev.nameplate.ca.cli;

import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.station.BundleFiles;
import dev.nameplate.ca.station.Disk;
import dev.nameplate.ca.station.DrawnBundle;
import dev.nameplate.ca.station.JournalKey;
import dev.nameplate.ca.station.RealDisk;
import dev.nameplate.ca.station.UnitOpener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a station drew, in {@code HOME/bundles/STATION/BATCH/BUNDLE}. One process at a time works with it. */
final class StationBundles implements AutoCloseable {
    private static final String JOURNAL_KEY = "journal.key";

    private final Nameplate root;
    private final Path directory;
    private final Disk disk = new RealDisk();
    private final FileChannel channel;
    private final FileLock lock;

    StationBundles(Nameplate root) {
        this.root = root;
        this.directory = directory(root, root.operator());
        try {
            Files.createDirectories(directory);
            this.channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            this.lock = channel.lock();
        } catch (IOException e) {
            throw CommandFailedException.fault(directory + " cannot be used: " + e.getMessage());
        }
    }

    static Path directory(Nameplate root, String station) {
        return root.home().resolve("bundles").resolve(station);
    }

    Disk disk() {
        return disk;
    }

    /** Whole ones and those that are being drawn, in the order of their names. */
    List<Path> of(String batch) {
        return below(directory.resolve(batch));
    }

    List<Path> all() {
        return all(directory);
    }

    static List<Path> all(Path directory) {
        return below(directory).stream()
                .filter(Files::isDirectory)
                .flatMap(batch -> below(batch).stream())
                .toList();
    }

    Path place(String batch, String bundle) {
        Path place = directory.resolve(batch).resolve(bundle);
        try {
            Files.createDirectories(place.resolve("units"));
        } catch (IOException e) {
            throw CommandFailedException.fault(place + " cannot be made: " + e.getMessage());
        }
        return place;
    }

    DrawnBundle open(Path bundle) {
        BundleFiles files = BundleFiles.read(bundle, journalKey(bundle), PinnedRoot.of(root.home()));
        StationKek mine = kek();
        byte[] value;
        try {
            value = mine.value(files.kek());
        } catch (IOException e) {
            throw CommandFailedException.fault(bundle + " cannot be read: " + e.getMessage());
        }
        try {
            return new DrawnBundle(
                    files, new UnitOpener(mine.privateKey(), value, PinnedRoot.of(root.home())), disk, root.clock());
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /** The key of this machine that keys are handed over to. */
    StationKek kek() {
        return StationKek.in(root.home().resolve("operators").resolve(root.operator() + ".kek.key"));
    }

    /** Made where there is none. */
    static JournalKey journalKey(Path bundle) {
        Path file = bundle.resolve(JOURNAL_KEY);
        if (!Files.exists(file)) {
            KeyPair fresh = fresh();
            String both = base64(fresh.getPrivate().getEncoded()) + "\n"
                    + base64(fresh.getPublic().getEncoded()) + "\n";
            Home.writeClosed(file.toAbsolutePath(), both.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            List<String> lines = Files.readAllLines(file);
            KeyFactory factory = KeyFactory.getInstance("EC");
            PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(decoded(lines.getFirst())));
            return JournalKey.of(
                    new KeyPair(factory.generatePublic(new X509EncodedKeySpec(decoded(lines.getLast()))), key));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw CommandFailedException.fault(file + " cannot be read: " + e.getMessage());
        }
    }

    /** The root of HOME/tls/ca.pem, if it is there. */
    Optional<Sha256> pinned() {
        return PinnedRoot.of(root.home());
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw CommandFailedException.fault(directory + " cannot be let go: " + e.getMessage());
        }
    }

    private static List<Path> below(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw CommandFailedException.fault(place + " cannot be read: " + e.getMessage());
        }
    }

    private static KeyPair fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java makes keys on P-256", e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }
}
