package dev.nameplate.ca.cli;

import dev.nameplate.ca.config.Home;
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

        @Option(names = "--unit", paramLabel = "ID", required = true, description = "The unit: its device's id.")
        private String unit = "";

        OfUnit(Nameplate root) {
            super(root);
        }

        final String unit() {
            return unit;
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
            return BatchCommands.path(batch) + "/units/" + OperatorDoor.segment(unit) + step;
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

        Issue(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            remember("begun");
            JsonNode issued = csr == null
                    ? injected(door)
                    : door.post(path("/certificate"), Map.of("csr", read(csr), "attributes", attributes));
            String pem = issued.path("certificatePem").asString("")
                    + issued.path("chainPem").asString("");
            keep(out, pem.getBytes(StandardCharsets.US_ASCII));
            keep(
                    out.resolveSibling(out.getFileName() + ".to-sign"),
                    Base64.getDecoder().decode(issued.path("toSign").asString("")));
            String serial = issued.path("serial").asString("");
            door.post(path("/progress"), Map.of("reached", "delivered", "serial", serial));
            remember("delivered");
            screen.done(out + ": unit " + unit() + ", serial " + serial, issued);
            return ExitCode.DONE;
        }

        private JsonNode injected(OperatorDoor door) {
            StationKek mine = StationKek.in(root().home().resolve("operators").resolve(root().operator() + ".kek.key"));
            mine.receive(door, batchPath());
            JsonNode issued = door.post(path("/key"), Map.of("attributes", attributes));
            byte[] wrapped =
                    Base64.getDecoder().decode(issued.path("wrappedKey").asString(""));
            keep(out.resolveSibling(out.getFileName() + ".p8e"), wrapped);
            if (openKey != null) {
                byte[] key = mine.open(door, batchPath(), wrapped);
                Home.writeClosed(openKey.toAbsolutePath(), key);
                Arrays.fill(key, (byte) 0);
            }
            return issued;
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
            return written && !closed ? "written" : "closed";
        }
    }

    @Command(name = "report", description = "Says what became of a unit.")
    static final class Report extends OfUnit {
        @ArgGroup(multiplicity = "1")
        private What what = new What();

        Report(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
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
