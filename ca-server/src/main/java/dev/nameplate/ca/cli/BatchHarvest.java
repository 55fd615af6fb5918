package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.factory.manifest.CsvManifest;
import dev.nameplate.ca.factory.manifest.ElementSigners;
import dev.nameplate.ca.factory.manifest.ManifestLine;
import dev.nameplate.ca.factory.manifest.ManifestReader;
import dev.nameplate.ca.factory.manifest.ManifestUnit;
import dev.nameplate.ca.factory.manifest.NdjsonManifest;
import dev.nameplate.ca.factory.manifest.SecureElementManifest;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code nameplate batch harvest}. What is wrong does not stop what is right; the same file again changes nothing. */
@Command(
        name = "import",
        aliases = "harvest",
        description =
                "Hands in the public keys that the factory read off its units, from a file by name: .csv (id,key),"
                        + " .ndjson, or .json (a chip maker's signed manifest of secure elements). Their devices enrol over EST, and only with these keys.")
final class BatchHarvest extends ClientCommand {
    private static final int PAGE = 400;

    @Parameters(paramLabel = "NAME", description = "The batch.")
    private String name = "";

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "The manifest.")
    private Path file = Path.of("");

    @Option(
            names = "--signer",
            paramLabel = "PEM",
            description = "Whose signature over each unit counts, by certificate. May be repeated. Needed for .json.")
    private List<Path> signers = new ArrayList<>();

    @Option(
            names = "--slot",
            paramLabel = "SLOT",
            defaultValue = "0",
            description = "Which of a secure element's keys is the device's. Default: ${DEFAULT-VALUE}.")
    private String slot = "0";

    BatchHarvest(Nameplate root) {
        super(root);
    }

    @Override
    ExitCode run(OperatorDoor door, Screen screen) {
        Handing handing = new Handing(door, screen);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            reader().read(in, handing::line);
            handing.flush();
        } catch (IOException e) {
            throw CommandFailedException.fault(file + " cannot be read: " + e.getMessage());
        }
        return handing.done();
    }

    private ManifestReader reader() {
        String suffix = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (suffix.endsWith(".csv")) {
            return new CsvManifest();
        }
        if (suffix.endsWith(".ndjson")) {
            return signers.isEmpty() ? NdjsonManifest.unsigned() : NdjsonManifest.signedBy(pinned());
        }
        if (suffix.endsWith(".json") && !signers.isEmpty()) {
            return new SecureElementManifest(pinned());
        }
        throw CommandFailedException.refused(
                suffix.endsWith(".json")
                        ? "a manifest of secure elements is believed only by its signer; --signer names the certificate"
                        : file + " ends neither in .csv nor in .ndjson or .json");
    }

    private ElementSigners pinned() {
        List<CertificateDer> pinned = new ArrayList<>();
        for (Path signer : signers) {
            try {
                pinned.add(CertificateDer.of(PemFiles.certificates(signer).getFirst()));
            } catch (UncheckedIOException | IllegalArgumentException e) {
                throw CommandFailedException.fault(String.valueOf(e.getMessage()));
            }
        }
        return new ElementSigners(pinned, slot);
    }

    /** Hands units in as they are read, some hundred at a time. */
    private final class Handing {
        private final OperatorDoor door;
        private final Screen screen;
        private final List<Map<String, Object>> page = new ArrayList<>();
        private final ArrayNode refused;
        private long taken;

        Handing(OperatorDoor door, Screen screen) {
            this.door = door;
            this.screen = screen;
            this.refused = screen.mapper().createArrayNode();
        }

        void line(ManifestLine line) {
            switch (line) {
                case ManifestLine.Good(long number, var unit) -> unit(number, unit);
                case ManifestLine.Wrong(long number, var why) ->
                    refused.addObject().put("line", number).put("why", why);
            }
        }

        private void unit(long number, ManifestUnit unit) {
            Map<String, String> attributes = attributes(unit.facts());
            Optional<String> objection = Device.objectionTo(attributes);
            if (objection.isPresent()) {
                refused.addObject().put("line", number).put("why", objection.get());
                return;
            }
            page.add(Map.of("unit", unit.id().value(), "key", key(unit), "attributes", attributes));
            if (page.size() == PAGE) {
                flush();
            }
        }

        /** Named as attributes are: groupId becomes group-id. Empty ones say nothing. */
        private static Map<String, String> attributes(Map<String, String> facts) {
            Map<String, String> attributes = new TreeMap<>();
            facts.forEach((name, value) -> {
                if (!value.isBlank()) {
                    String words = name.strip().replaceAll("([a-z0-9])([A-Z])", "$1-$2");
                    attributes.put(words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), value.strip());
                }
            });
            return attributes;
        }

        void flush() {
            if (page.isEmpty()) {
                return;
            }
            JsonNode answer = door.post(BatchCommands.path(name) + "/keys", Map.of("units", page));
            taken += answer.path("taken").asLong(0);
            answer.path("refused").forEach(refused::add);
            page.clear();
        }

        ExitCode done() {
            var result = screen.mapper().createObjectNode().put("taken", taken);
            result.set("refused", refused);
            StringBuilder text = new StringBuilder(taken + " keys are on record, " + refused.size() + " are refused");
            refused.forEach(each -> text.append("\n  ")
                    .append(
                            each.has("line")
                                    ? "line " + each.path("line").asString("")
                                    : each.path("unit").asString(""))
                    .append(": ")
                    .append(each.path("why").asString("")));
            screen.done(text.toString(), result);
            return refused.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
        }

        private static String key(ManifestUnit unit) {
            try {
                return Base64.getEncoder().encodeToString(unit.key().getEncoded(ASN1Encoding.DER));
            } catch (IOException e) {
                throw new IllegalStateException("a parsed key always encodes", e);
            }
        }
    }
}
