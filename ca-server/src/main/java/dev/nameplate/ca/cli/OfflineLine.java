package dev.nameplate.ca.cli;

import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.factory.offline.Deed;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.station.BundleFiles;
import dev.nameplate.ca.station.BundleSpentException;
import dev.nameplate.ca.station.DamagedBundleException;
import dev.nameplate.ca.station.DrawnBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A station's work from what it drew, without a network. */
final class OfflineLine implements AutoCloseable {
    private final StationBundles bundles;
    private final List<DrawnBundle> open;
    private final String batch;

    OfflineLine(Nameplate root, String batch) {
        this.batch = batch;
        this.bundles = new StationBundles(root);
        this.open = bundles.of(batch).stream()
                .filter(BundleFiles::isWhole)
                .map(bundles::open)
                .collect(Collectors.toCollection(ArrayList::new));
        if (open.isEmpty()) {
            throw CommandFailedException.refused(
                    "nothing is drawn for batch " + batch + "; `station draw` does that while there is a network");
        }
    }

    /**
     * Writes what the device gets: certificate and chain, what it signs, and its key if that is to be in clear.
     *
     * @param esp also what that tool reads
     */
    DeviceId give(String device, Path out, @Nullable Path openKey, Optional<EspFiles> esp) {
        DrawnBundle.Given given = given(device);
        try {
            String pem = given.unit().chain().stream().map(OfflineLine::pem).collect(Collectors.joining());
            bundles.disk().replace(out.toAbsolutePath(), pem.getBytes(StandardCharsets.US_ASCII));
            bundles.disk()
                    .replace(
                            out.toAbsolutePath().resolveSibling(out.getFileName() + ".to-sign"),
                            given.unit().toSign());
            bundles.disk()
                    .replace(
                            out.toAbsolutePath().resolveSibling(out.getFileName() + ".p8e"),
                            given.unit().wrappedKey());
            if (openKey != null) {
                Home.writeClosed(openKey.toAbsolutePath(), given.key());
            }
            DeviceId name = DeviceId.from(device).orElse(given.unit().unit());
            esp.ifPresent(files -> files.write(name, out, given.unit().wrappedKey(), given.key()));
        } catch (IOException e) {
            throw CommandFailedException.fault(out + " cannot be written: " + e.getMessage());
        } finally {
            Arrays.fill(given.key(), (byte) 0);
        }
        return given.unit().unit();
    }

    /** Every device in the file, one a line; DIRECTORY/DEVICE.pem and .p8 are what it gets. */
    int giveAll(Path devices, Path directory, Optional<EspFiles> esp) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw CommandFailedException.fault(directory + " cannot be made: " + e.getMessage());
        }
        List<String> names = names(devices);
        names.forEach(
                device -> give(device, directory.resolve(device + ".pem"), directory.resolve(device + ".p8"), esp));
        return names.size();
    }

    /** Every device in the file, one a line, is written and has signed DIRECTORY/DEVICE.sig. */
    int noteAll(Path devices, Path directory) {
        List<String> names = names(devices);
        for (String device : names) {
            note(device, new Deed.Written());
            try {
                note(device, new Deed.Proved(Files.readAllBytes(directory.resolve(device + ".sig"))));
            } catch (IOException e) {
                throw CommandFailedException.fault(directory + "/" + device + ".sig cannot be read: " + e.getMessage());
            }
        }
        return names.size();
    }

    private static List<String> names(Path devices) {
        try {
            List<String> names = Files.readAllLines(devices).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            Optional<String> wrong =
                    names.stream().filter(name -> DeviceId.from(name).isEmpty()).findFirst();
            wrong.ifPresent(name -> {
                throw CommandFailedException.refused(
                        devices + ": " + name + " cannot be a file's name; use letters, digits and . _ @ + -");
            });
            return names;
        } catch (IOException e) {
            throw CommandFailedException.fault(devices + " cannot be read: " + e.getMessage());
        }
    }

    DeviceId note(String device, Deed deed) {
        Optional<String> why = Optional.empty();
        for (DrawnBundle bundle : open) {
            try {
                return bundle.note(device, deed);
            } catch (BundleSpentException notHere) {
                why = why.or(() -> Optional.ofNullable(notHere.getMessage()));
            } catch (DamagedBundleException damaged) {
                throw CommandFailedException.fault(String.valueOf(damaged.getMessage()));
            }
        }
        throw CommandFailedException.refused(why.orElse("batch " + batch + " has no bundle"));
    }

    @Override
    public void close() {
        bundles.close();
    }

    /** A device that has a unit gets that one, wherever it is from. */
    private DrawnBundle.Given given(String device) {
        open.sort((one, other) -> Boolean.compare(other.has(device), one.has(device)));
        List<String> why = new ArrayList<>();
        for (DrawnBundle bundle : open) {
            try {
                return bundle.give(device);
            } catch (BundleSpentException spent) {
                why.add(String.valueOf(spent.getMessage()));
            } catch (DamagedBundleException damaged) {
                throw CommandFailedException.fault(String.valueOf(damaged.getMessage()));
            }
        }
        throw CommandFailedException.refused(String.join("; ", why));
    }

    private static String pem(CertificateDer certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.octets())
                + "\n-----END CERTIFICATE-----\n";
    }
}
