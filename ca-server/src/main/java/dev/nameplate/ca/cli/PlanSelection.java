package dev.nameplate.ca.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which certificates are meant. All of them have to fit. */
final class PlanSelection {
    @Option(names = "--devices", paramLabel = "FILE", description = "Those of these devices: one id a line, or a CSV.")
    private @Nullable Path devices;

    @Option(names = "--serials", paramLabel = "FILE", description = "These: one serial a line, or a CSV.")
    private @Nullable Path serials;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "Those of devices with this attribute. May be repeated.")
    private Map<String, String> attributes = new TreeMap<>();

    @Option(names = "--batch", paramLabel = "B", description = "As --attribute batch=B.")
    private @Nullable String batch;

    @Option(names = "--station", paramLabel = "S", description = "As --attribute station=S.")
    private @Nullable String station;

    @Option(names = "--product", paramLabel = "P", description = "As --attribute product=P.")
    private @Nullable String product;

    @Option(names = "--chip", paramLabel = "C", description = "As --attribute chip=C.")
    private @Nullable String chip;

    @Option(names = "--firmware", paramLabel = "F", description = "As --attribute firmware=F.")
    private @Nullable String firmware;

    @Option(names = "--profile", paramLabel = "P", description = "Those of this profile.")
    private @Nullable String profile;

    @Option(names = "--issuer", paramLabel = "NAME/N", description = "Those of this issuer's key, as in devices/1.")
    private @Nullable String issuer;

    @Option(names = "--key", paramLabel = "ALGORITHM", description = "Those with such a key, as in rsa-2048.")
    private @Nullable String key;

    @Option(names = "--issued-from", paramLabel = "TIME", description = "Issued then or later.")
    private @Nullable String issuedFrom;

    @Option(names = "--issued-before", paramLabel = "TIME", description = "Issued before then.")
    private @Nullable String issuedBefore;

    /** For the API. */
    Map<String, Object> body() {
        Map<String, Object> body = new TreeMap<>();
        Map<String, String> all = attributes();
        if (!all.isEmpty()) {
            body.put("attributes", all);
        }
        put(body, "profile", profile);
        put(body, "issuer", issuer);
        put(body, "key", key);
        put(body, "issuedFrom", issuedFrom);
        put(body, "issuedBefore", issuedBefore);
        listed().ifPresent(list -> body.put("listed", list.endpoint()));
        return body;
    }

    /** @throws CommandFailedException if there are two */
    Optional<Listed> listed() {
        if (devices != null && serials != null) {
            throw CommandFailedException.wrongUsage("give --devices or --serials, not both");
        }
        return Optional.ofNullable(devices)
                .map(file -> new Listed("devices", NamedOnes.devices(file)))
                .or(() -> Optional.ofNullable(serials).map(file -> new Listed("serials", NamedOnes.serials(file))));
    }

    /** @param endpoint where the API takes them */
    record Listed(String endpoint, NamedOnes names) {}

    private Map<String, String> attributes() {
        Map<String, String> all = new TreeMap<>(attributes);
        put(all, "batch", batch);
        put(all, "station", station);
        put(all, "product", product);
        put(all, "chip", chip);
        put(all, "firmware", firmware);
        return all;
    }

    private static void put(Map<String, ? super String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
