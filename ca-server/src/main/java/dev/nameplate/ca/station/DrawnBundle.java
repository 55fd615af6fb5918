package dev.nameplate.ca.station;

import dev.nameplate.ca.factory.PossessionCheck;
import dev.nameplate.ca.factory.offline.BundleHeader;
import dev.nameplate.ca.factory.offline.Deed;
import dev.nameplate.ca.factory.offline.SealedUnit;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A bundle at work. What it gives out is in its journal before, so no unit is ever given out twice. */
public final class DrawnBundle {
    private final BundleFiles files;
    private final Journal journal;
    private final UnitOpener opener;
    private final InstantSource clock;

    /**
     * What a device gets.
     *
     * @param key PKCS#8 in DER, in clear: for the caller to write into the device and to overwrite
     */
    public record Given(SealedUnit unit, byte[] key) {
        @Override
        public String toString() {
            return "Given[" + unit.unit() + "]";
        }
    }

    /** How far it is. */
    public record Standing(BundleHeader header, int used, int scrapped, int left, int lines, Optional<String> damage) {
        public static Standing of(BundleHeader header, Journal journal) {
            Map<DeviceId, List<Deed>> all = deeds(journal);
            int scrapped = (int) all.values().stream()
                    .filter(deeds -> deeds.getLast() instanceof Deed.Scrapped)
                    .count();
            return new Standing(
                    header,
                    all.size(),
                    scrapped,
                    header.units() - all.size(),
                    journal.lines().size(),
                    journal.damage());
        }
    }

    public DrawnBundle(BundleFiles files, UnitOpener opener, Disk disk, InstantSource clock) {
        this.files = files;
        this.journal = Journal.read(files.directory(), files.header(), files.key(), disk);
        this.opener = opener;
        this.clock = clock;
    }

    public BundleHeader header() {
        return files.header();
    }

    public Journal journal() {
        return journal;
    }

    /** Whether a unit was given to this device. */
    public boolean has(String device) {
        return unitOf(device).isPresent();
    }

    /** The same device again, as after a power cut, gets the same again. */
    public Given give(String device) {
        var taken = new Deed.Taken(device);
        Optional<DeviceId> before = unitOf(device);
        if (before.isPresent()) {
            return open(before.get());
        }
        requireTime();
        for (DeviceId unit : untouched()) {
            Optional<Given> given = openable(unit);
            if (given.isPresent()) {
                journal.append(unit, taken, clock.instant());
                return given.get();
            }
            journal.append(unit, new Deed.Scrapped("its sealed unit is damaged"), clock.instant());
        }
        throw new BundleSpentException("bundle " + header().bundle() + " has no unit left; draw another");
    }

    /** Already so is no error. */
    public DeviceId note(String device, Deed deed) {
        DeviceId unit = unitOf(device)
                .orElseThrow(() ->
                        new BundleSpentException("no unit of bundle " + header().bundle() + " was given to " + device));
        if (deed instanceof Deed.Proved(var signature) && !signs(open(unit).unit(), signature)) {
            throw new BundleSpentException("device " + device + " did not sign with the key of its certificate");
        }
        boolean noted = deedsOf(unit).stream().anyMatch(each -> each.word().equals(deed.word()));
        if (!noted) {
            journal.append(unit, deed, clock.instant());
        }
        return unit;
    }

    private static boolean signs(SealedUnit unit, byte[] signature) {
        return PossessionCheck.signs(unit.certificate(), unit.toSign(), signature);
    }

    private List<DeviceId> untouched() {
        Set<DeviceId> touched = deeds().keySet();
        return files.units().stream().filter(unit -> !touched.contains(unit)).toList();
    }

    private void requireTime() {
        Instant latest = journal.lines().stream()
                .map(line -> line.entry().at())
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        Instant now = files.clock().now(clock.instant(), latest);
        if (!now.isBefore(header().expiresAt())) {
            throw new BundleSpentException("bundle " + header().bundle() + " expired at "
                    + header().expiresAt() + ", and it is " + now + " as far as this machine can tell (its clock shows "
                    + clock.instant() + "); report it and draw another");
        }
    }

    private Optional<Given> openable(DeviceId unit) {
        try {
            return Optional.of(open(unit));
        } catch (DamagedBundleException damaged) {
            return Optional.empty();
        }
    }

    private Given open(DeviceId unit) {
        return opener.open(unit, files.sealed(unit));
    }

    /** Whose last deed is not that it was scrapped. */
    private Optional<DeviceId> unitOf(String device) {
        return deeds().entrySet().stream()
                .filter(each -> each.getValue().contains(new Deed.Taken(device)))
                .filter(each -> !(each.getValue().getLast() instanceof Deed.Scrapped))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private List<Deed> deedsOf(DeviceId unit) {
        return deeds().getOrDefault(unit, List.of());
    }

    private Map<DeviceId, List<Deed>> deeds() {
        return deeds(journal);
    }

    private static Map<DeviceId, List<Deed>> deeds(Journal journal) {
        Map<DeviceId, List<Deed>> deeds = new HashMap<>();
        journal.lines()
                .forEach(line -> deeds.computeIfAbsent(line.entry().unit(), _ -> new ArrayList<>())
                        .add(line.entry().deed()));
        return deeds;
    }
}
