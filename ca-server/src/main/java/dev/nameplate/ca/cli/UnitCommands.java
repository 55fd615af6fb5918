package dev.nameplate.ca.cli;

import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.factory.offline.Deed;
import dev.nameplate.ca.pki.DeviceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code nameplate station issue} and {@code report}: what the line calls for every unit. Cut off anywhere, the same again goes on. */
final class UnitCommands {
    private UnitCommands() {}

    /** A command about one unit of a batch. */
    abstract static class OfUnit extends ClientCommand {
        @Option(names = "--batch", paramLabel = "BATCH", required = true, description = "The work order.")
        private String batch = "";

        @Option(
                names = "--unit",
                paramLabel = "ID",
                description = "The unit: its device's id; with --offline, what the line calls the device.")
        private String unit = "";

        @Option(names = "--offline", description = "Without a network, from what `station draw` fetched.")
        private boolean offline;

        OfUnit(Nameplate root) {
            super(root);
        }

        final String unit() {
            if (unit.isEmpty()) {
                throw CommandFailedException.refused("which unit? --unit says that");
            }
            return unit;
        }

        final boolean isForOne() {
            return !unit.isEmpty();
        }

        final boolean offline() {
            return offline;
        }

        final String batch() {
            return batch;
        }

        /** Only a station keeps one: what the office says is on record with the CA alone. */
        final void remember(String step) {
            if (StationPlace.read(root().home(), root().operator()).isPresent()) {
                LineJournal.of(root().home(), root().operator(), batch).append(new LineJournal.Entry(unit, step));
            }
        }

        final String batchPath() {
            return BatchCommands.path(batch);
        }

        final String path(String step) {
            return BatchCommands.path(batch) + "/units/" + OperatorDoor.segment(unit()) + step;
        }
    }

    @Command(
            name = "issue",
            description =
                    "Has a unit's request certified. Writes the certificate with its chain to --out, and what the unit"
                            + " signs to prove that it has the key to FILE.to-sign.")
    static final class Issue extends OfUnit {
        @Option(
                names = "--csr",
                paramLabel = "FILE",
                description = "The unit's request, PKCS#10. Without it the CA makes the key, if the batch is for that.")
        private @Nullable Path csr;

        @Option(
                names = "--open-key",
                paramLabel = "FILE",
                description =
                        "Where a key that the CA made goes in clear, as PKCS#8 in DER. Default: it stays wrapped.")
        private @Nullable Path openKey;

        @Option(
                names = "--esp",
                paramLabel = "DIR",
                description =
                        "Also writes what esp_secure_cert's tool reads to DIR/UNIT: the CSV and DER files, with a key"
                                + " that the CA made in clear. Delete it when the chip has it.")
        private @Nullable Path esp;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                required = true,
                description = "Where the certificate goes, as PEM.")
        private Path out = Path.of("");

        @Option(
                names = "--attribute",
                paramLabel = "NAME=VALUE",
                description = "What profiles' templates may use. May be repeated.")
        private Map<String, String> attributes = new TreeMap<>();

        @Option(
                names = "--units",
                paramLabel = "FILE",
                description = "With --offline: many devices, one a line; --out is then a directory.")
        private @Nullable Path units;

        Issue(Nameplate root) {
            super(root);
        }

        @Override
        Optional<ExitCode> runAlone(Screen screen) {
            if (!offline()) {
                return Optional.empty();
            }
            try (OfflineLine line = new OfflineLine(root(), batch())) {
                var result = screen.mapper().createObjectNode();
                if (units != null) {
                    int given = line.giveAll(units, out, esp());
                    screen.done(out + ": " + given + " units", result.put("units", given));
                } else {
                    String given = line.give(unit(), out, openKey, esp()).value();
                    screen.done(out + ": unit " + given + " for " + unit(), result.put("unit", given));
                }
            }
            return Optional.of(ExitCode.DONE);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode issued = begun(door);
            String pem = issued.path("certificatePem").asString("")
                    + issued.path("chainPem").asString("");
            keep(out, pem.getBytes(StandardCharsets.US_ASCII));
            keep(
                    out.resolveSibling(out.getFileName() + ".to-sign"),
                    Base64.getDecoder().decode(issued.path("toSign").asString("")));
            esp().filter(_ -> csr == null).ifPresent(files -> esp(files, door, issued));
            String serial = issued.path("serial").asString("");
            door.post(path("/progress"), Map.of("reached", "delivered", "serial", serial));
            remember("delivered");
            screen.done(out + ": unit " + unit() + ", serial " + serial, issued);
            return ExitCode.DONE;
        }

        /** What was refused is not in hand. */
        private JsonNode begun(OperatorDoor door) {
            remember(LineJournal.Entry.BEGUN);
            try {
                return csr == null
                        ? injected(door)
                        : door.post(path("/certificate"), Map.of("csr", read(csr), "attributes", attributes));
            } catch (CommandFailedException failed) {
                if (failed.exit() == ExitCode.REFUSED) {
                    remember(LineJournal.Entry.REFUSED);
                }
                throw failed;
            }
        }

        private JsonNode injected(OperatorDoor door) {
            byte[] handed = kek().receive(door, batchPath());
            assert handed.length > 0;
            JsonNode issued = keyed(door);
            if (openKey == null) {
                return issued;
            }
            Opened opened = opened(door, issued);
            Home.writeClosed(openKey.toAbsolutePath(), opened.key());
            Arrays.fill(opened.key(), (byte) 0);
            return opened.issued();
        }

        /** A unit's key in clear, and the answer that it came in. */
        private record Opened(JsonNode issued, byte[] key) {}

        /** It is asked for again if its key-encryption key was replaced meanwhile. */
        private Opened opened(OperatorDoor door, JsonNode issued) {
            Optional<byte[]> key = kek().open(door, batchPath(), wrapped(issued));
            if (key.isPresent()) {
                return new Opened(issued, key.get());
            }
            JsonNode again = keyed(door);
            return kek().open(door, batchPath(), wrapped(again))
                    .map(now -> new Opened(again, now))
                    .orElseThrow(() -> CommandFailedException.fault(
                            "the unit's key cannot be opened: it was altered, or is under another key-encryption key"));
        }

        private JsonNode keyed(OperatorDoor door) {
            JsonNode issued = door.post(path("/key"), Map.of("attributes", attributes));
            keep(out.resolveSibling(out.getFileName() + ".p8e"), wrapped(issued));
            return issued;
        }

        private static byte[] wrapped(JsonNode issued) {
            return Base64.getDecoder().decode(issued.path("wrappedKey").asString(""));
        }

        private StationKek kek() {
            return StationKek.in(root().home().resolve("operators").resolve(root().operator() + ".kek.key"));
        }

        private Optional<EspFiles> esp() {
            return Optional.ofNullable(esp).map(directory -> new EspFiles(directory, batch()));
        }

        private void esp(EspFiles files, OperatorDoor door, JsonNode issued) {
            Opened opened = opened(door, issued);
            files.write(new DeviceId(unit()), out, wrapped(opened.issued()), opened.key());
        }

        private static String read(Path file) {
            try {
                byte[] octets = Files.readAllBytes(file);
                String text = new String(octets, StandardCharsets.ISO_8859_1);
                return text.startsWith("-----") ? text : Base64.getMimeEncoder().encodeToString(octets);
            } catch (IOException e) {
                throw CommandFailedException.fault(file + " cannot be read: " + e.getMessage());
            }
        }

        /** All of it is on the disk, or what was there before still is. */
        private static void keep(Path file, byte[] content) {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw CommandFailedException.fault(file + " cannot be written: " + e.getMessage());
            }
        }
    }

    /** What a report may say; one thing at a time. */
    static final class What {
        @Option(names = "--written", description = "The certificate is in the unit.")
        private boolean written;

        @Option(
                names = "--signature",
                paramLabel = "FILE",
                description = "What the unit signed: ECDSA (DER) or RSA with SHA-256, or Ed25519, over FILE.to-sign.")
        private @Nullable Path signature;

        @Option(names = "--closed", description = "The unit leaves the line.")
        private boolean closed;

        @Option(names = "--scrap", paramLabel = "REASON", description = "The unit is thrown away.")
        private @Nullable String scrap;

        @Option(names = "--rework", paramLabel = "REASON", description = "The unit goes back and needs a new key.")
        private @Nullable String rework;

        String reached() {
            if (!written && !closed) {
                throw CommandFailedException.refused(
                        "what became of the unit? --written, --signature, --closed, --scrap or --rework says that");
            }
            return written ? "written" : "closed";
        }

        /** As the journal says it. */
        Deed deed() {
            if (signature != null) {
                return new Deed.Proved(Base64.getDecoder().decode(Report.base64(signature)));
            }
            if (scrap != null) {
                return new Deed.Scrapped(scrap);
            }
            if (written) {
                return new Deed.Written();
            }
            throw CommandFailedException.refused(
                    "offline a unit is --written, has a --signature, or is --scrap; the rest is for when the network is back");
        }
    }

    @Command(name = "report", description = "Says what became of a unit.")
    static final class Report extends OfUnit {
        @ArgGroup(multiplicity = "0..1")
        private What what = new What();

        @Option(
                names = "--end",
                description = "Without --unit: bundles are over with this; what was not reported as used is revoked.")
        private boolean end;

        @Option(
                names = "--units",
                paramLabel = "FILE",
                description =
                        "With --offline: many devices, one a line; each is written and has signed DIR/DEVICE.sig.")
        private @Nullable Path units;

        @Option(names = "--signatures", paramLabel = "DIR", description = "Where those signatures are. Default: here.")
        private Path signatures = Path.of("");

        Report(Nameplate root) {
            super(root);
        }

        @Override
        Optional<ExitCode> runAlone(Screen screen) {
            if (!offline()) {
                return Optional.empty();
            }
            try (OfflineLine line = new OfflineLine(root(), batch())) {
                if (units != null) {
                    int noted = line.noteAll(units, signatures);
                    screen.done(
                            noted + " units are in the journal",
                            screen.mapper().createObjectNode().put("units", noted));
                    return Optional.of(ExitCode.DONE);
                }
                Deed deed = what.deed();
                String noted = line.note(unit(), deed).value();
                screen.done(
                        unit() + ", unit " + noted + ": " + deed.word() + " is in the journal",
                        screen.mapper().createObjectNode().put("unit", noted).put("deed", deed.word()));
            } catch (IllegalArgumentException wrong) {
                throw CommandFailedException.refused(String.valueOf(wrong.getMessage()));
            }
            return Optional.of(ExitCode.DONE);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            if (!isForOne()) {
                return new BundleReport(root(), door)
                        .run(Optional.of(batch()), end ? BundleReport.Then.END : BundleReport.Then.GO_ON, screen);
            }
            JsonNode taken = report(door);
            remember(taken.path("step").asString(""));
            screen.done(
                    "unit " + unit() + ": " + taken.path("step").asString("") + " at "
                            + taken.path("at").asString(""),
                    taken);
            return ExitCode.DONE;
        }

        private JsonNode report(OperatorDoor door) {
            if (what.scrap != null) {
                return door.post(path("/scrap"), Map.of("reason", what.scrap));
            }
            if (what.rework != null) {
                return door.post(path("/rework"), Map.of("reason", what.rework));
            }
            String serial = door.get(path(""), Map.of()).path("serial").asString("");
            if (what.signature != null) {
                return door.post(path("/proof"), Map.of("serial", serial, "signature", base64(what.signature)));
            }
            return door.post(path("/progress"), Map.of("reached", what.reached(), "serial", serial));
        }

        private static String base64(Path file) {
            try {
                return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
            } catch (IOException e) {
                throw CommandFailedException.fault(file + " cannot be read: " + e.getMessage());
            }
        }
    }
}
