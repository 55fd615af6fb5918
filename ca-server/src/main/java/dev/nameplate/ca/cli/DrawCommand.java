package dev.nameplate.ca.cli;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.station.BundleFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code nameplate station draw}. Cut off anywhere, the same again goes on with the bundle it had begun. */
@Command(
        name = "draw",
        description = "Draws units ahead of time, for when there is no network: keys, certificates and all, which only"
                + " this station can open. They count against the batch's quota; what is not reported as used in time is"
                + " revoked.")
final class DrawCommand extends ClientCommand {
    private static final int PAGE = 50;
    private static final int NAME_OCTETS = 16;

    @Option(names = "--batch", paramLabel = "BATCH", required = true, description = "The work order.")
    private String batch = "";

    @Option(names = "--units", paramLabel = "NUMBER", required = true, description = "How many, at most 10000.")
    private int units;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "PT72H",
            description = "How long they may be used. Default: ${DEFAULT-VALUE}.")
    private Duration validFor = Duration.ofDays(3);

    DrawCommand(Nameplate root) {
        super(root);
    }

    @Override
    ExitCode run(OperatorDoor door, Screen screen) {
        try (StationBundles bundles = new StationBundles(root())) {
            Optional<Path> begun = bundles.of(batch).stream()
                    .filter(place -> !BundleFiles.isWhole(place))
                    .findFirst();
            Path place = begun.orElseGet(() -> bundles.place(batch, freshName()));
            JsonNode bundle = draw(door, bundles, place);
            screen.done(
                    "bundle " + place.getFileName() + ": "
                            + bundle.path("units").asInt() + " units of batch " + batch
                            + ", to be used until "
                            + bundle.at("/times/expiresAt").asString("")
                            + (begun.isPresent() ? "; this had begun before" : ""),
                    bundle);
            return ExitCode.DONE;
        } catch (IOException e) {
            throw CommandFailedException.fault("the bundle cannot be kept: " + e.getMessage());
        }
    }

    private JsonNode draw(OperatorDoor door, StationBundles bundles, Path place) throws IOException {
        StationKek mine = bundles.kek();
        mine.receive(door, BatchCommands.path(batch));
        Wanted wanted = Wanted.in(place, new Wanted(units, validFor), bundles.disk());
        JsonNode bundle = door.post(
                BatchCommands.path(batch) + "/bundles",
                Map.of(
                        "bundle", place.getFileName().toString(),
                        "units", wanted.units(),
                        "validFor", wanted.validFor().toString(),
                        "recipient", mine.publicKey(),
                        "journalKey",
                                Base64.getEncoder()
                                        .encodeToString(StationBundles.journalKey(place)
                                                .publicKey()
                                                .getEncoded(ASN1Encoding.DER))));
        // while a bundle is out its key-encryption key is not replaced
        byte[] kek = mine.receive(door, BatchCommands.path(batch));
        fetch(door, bundles, place, mine.publicKey(), wanted.units());
        byte[] header = Base64.getDecoder().decode(bundle.path("header").asString(""));
        BundleFiles.header(header, bundles.pinned());
        BundleFiles.finish(place, header, kek, root().clock().instant(), bundles.disk());
        return bundle;
    }

    private void fetch(OperatorDoor door, StationBundles bundles, Path place, String recipient, int all)
            throws IOException {
        String path = "/api/v1/bundles/" + OperatorDoor.segment(place.getFileName()) + "/units";
        int first = BundleFiles.firstMissing(place);
        try (Bar bar = new Bar("drawing", all, err())) {
            for (int from = first; from <= all; from += PAGE) {
                bar.to(from - 1L);
                JsonNode page = door.post(
                        path, Map.of("from", from, "units", Math.min(PAGE, all - from + 1), "recipient", recipient));
                BundleFiles.keep(place, units(page), bundles.disk());
            }
            bar.to(all);
        }
    }

    private static List<BundleFiles.Fetched> units(JsonNode page) {
        return page.path("units")
                .valueStream()
                .map(unit -> new BundleFiles.Fetched(
                        unit.path("place").asInt(),
                        new DeviceId(unit.path("unit").asString("")),
                        Base64.getDecoder().decode(unit.path("sealed").asString(""))))
                .toList();
    }

    private static String freshName() {
        byte[] name = new byte[NAME_OCTETS];
        new SecureRandom().nextBytes(name);
        return HexFormat.of().formatHex(name);
    }
}
