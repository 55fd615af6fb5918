package dev.nameplate.ca.station;

import dev.nameplate.ca.audit.SignedStatement;
import dev.nameplate.ca.factory.offline.BundleHeader;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The directory of a bundle: {@code header.cms}, {@code drawn-at} by the station's clock, {@code kek.der},
 * {@code units/PLACE.ID.cms}, and the journal.
 */
public final class BundleFiles {
    private static final String HEADER = "header.cms";
    private static final String DRAWN_AT = "drawn-at";
    private static final String KEK = "kek.der";
    private static final String UNITS = "units";
    private static final int PLACE_DIGITS = 5;

    private final Path directory;
    private final BundleHeader header;
    private final JournalKey key;
    private final Instant drawnLocally;
    private final Map<DeviceId, Path> units;

    private BundleFiles(Path directory, BundleHeader header, JournalKey key, Instant drawnLocally) throws IOException {
        this.directory = directory;
        this.header = header;
        this.key = key;
        this.drawnLocally = drawnLocally;
        this.units = units(directory);
    }

    /**
     * @param root what the header's signature must lead to, if that is known
     * @throws DamagedBundleException if it is not what the CA handed out
     */
    public static BundleFiles read(Path directory, JournalKey key, Optional<Sha256> root) {
        try {
            BundleHeader header = header(Files.readAllBytes(directory.resolve(HEADER)), root);
            if (!header.journalKey().equals(Keys.hashOf(key.publicKey()))) {
                throw new DamagedBundleException("the journal key in " + directory + " is not this bundle's");
            }
            Instant local =
                    Instant.parse(Files.readString(directory.resolve(DRAWN_AT)).strip());
            return new BundleFiles(directory, header, key, local);
        } catch (NoSuchFileException e) {
            throw new DamagedBundleException(
                    directory + " is not a whole bundle: " + e.getMessage()
                            + " is missing; `station draw` again goes on",
                    e);
        } catch (IOException | DateTimeException e) {
            throw new DamagedBundleException(directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws DamagedBundleException if it is not signed by the CA */
    public static BundleHeader header(byte[] signed, Optional<Sha256> root) {
        return switch (SignedStatement.verify(signed, root)) {
            case SignedStatement.Verdict.NotGenuine(var why) ->
                throw new DamagedBundleException("the bundle's header is not what the CA signed: " + why);
            case SignedStatement.Verdict.Genuine genuine -> parsed(genuine.content());
        };
    }

    /** Which places of a bundle that is being drawn are there. */
    public static Map<DeviceId, Path> units(Path directory) throws IOException {
        Path below = directory.resolve(UNITS);
        if (!Files.isDirectory(below)) {
            return Map.of();
        }
        try (Stream<Path> all = Files.list(below)) {
            return all.filter(file -> file.toString().endsWith(".cms"))
                    .sorted()
                    .collect(
                            Collectors.toMap(BundleFiles::unit, file -> file, (first, _) -> first, LinkedHashMap::new));
        }
    }

    /**
     * A unit as it was fetched.
     *
     * @param place counted from 1
     * @param octets CMS AuthEnvelopedData in DER
     */
    public record Fetched(int place, DeviceId unit, byte[] octets) {}

    public static void keep(Path directory, List<Fetched> units, Disk disk) throws IOException {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        for (Fetched unit : units) {
            String number = Integer.toString(unit.place());
            String name = "0".repeat(PLACE_DIGITS - number.length()) + number + "." + unit.unit() + ".cms";
            files.put(directory.resolve(UNITS).resolve(name), unit.octets());
        }
        disk.replaceAll(files);
    }

    /** The first place of a bundle that is being drawn that is not there: where the power was cut there may be others behind it. */
    public static int firstMissing(Path directory) throws IOException {
        Set<Integer> there = units(directory).values().stream()
                .map(file -> Integer.valueOf(file.getFileName().toString().substring(0, PLACE_DIGITS)))
                .collect(Collectors.toSet());
        return IntStream.iterate(1, place -> place + 1)
                .filter(place -> !there.contains(place))
                .findFirst()
                .orElseThrow();
    }

    /** The last of it: from then on the bundle is whole. */
    public static void finish(Path directory, byte[] signed, byte[] kek, Instant local, Disk disk) throws IOException {
        disk.replace(directory.resolve(KEK), kek);
        disk.replace(directory.resolve(DRAWN_AT), local.toString().getBytes(StandardCharsets.US_ASCII));
        disk.replace(directory.resolve(HEADER), signed);
    }

    public static boolean isWhole(Path directory) {
        return Files.exists(directory.resolve(HEADER));
    }

    public Path directory() {
        return directory;
    }

    public BundleHeader header() {
        return header;
    }

    /** CMS RecipientInfo in DER, as the key-encryption key was handed over. */
    public byte[] kek() throws IOException {
        return Files.readAllBytes(directory.resolve(KEK));
    }

    JournalKey key() {
        return key;
    }

    BundleClock clock() {
        return new BundleClock(header, drawnLocally);
    }

    /** In the order of their places. */
    List<DeviceId> units() {
        return List.copyOf(units.keySet());
    }

    byte[] sealed(DeviceId unit) {
        try {
            Path file = units.get(unit);
            if (file == null) {
                throw new DamagedBundleException("unit " + unit + " is missing in " + directory);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DamagedBundleException("unit " + unit + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static BundleHeader parsed(byte[] content) {
        try {
            return BundleHeader.parse(content);
        } catch (IllegalArgumentException e) {
            throw new DamagedBundleException("what the CA signed is no bundle: " + e.getMessage(), e);
        }
    }

    private static DeviceId unit(Path file) {
        String name = file.getFileName().toString();
        return new DeviceId(name.substring(PLACE_DIGITS + 1, name.length() - ".cms".length()));
    }
}
