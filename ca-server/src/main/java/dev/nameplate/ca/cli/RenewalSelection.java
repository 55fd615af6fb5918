package dev.nameplate.ca.cli;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whose renewal is meant. All of them have to fit. */
final class RenewalSelection {
    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "Devices with this attribute. May be repeated.")
    private Map<String, String> attributes = new TreeMap<>();

    @Option(names = "--product", paramLabel = "P", description = "As --attribute product=P.")
    private @Nullable String product;

    @Option(names = "--firmware", paramLabel = "F", description = "As --attribute firmware=F.")
    private @Nullable String firmware;

    @Option(names = "--chip", paramLabel = "C", description = "As --attribute chip=C.")
    private @Nullable String chip;

    @Option(names = "--batch", paramLabel = "B", description = "As --attribute batch=B.")
    private @Nullable String batch;

    @Option(names = "--profile", paramLabel = "P", description = "Certificates of this profile.")
    private @Nullable String profile;

    @Option(names = "--issuer", paramLabel = "NAME", description = "By this issuer, whichever of its keys signed.")
    private @Nullable String issuer;

    @Option(names = "--generation", paramLabel = "NAME/N", description = "By this issuer's key, as in devices/1.")
    private @Nullable String generation;

    @Option(names = "--key", paramLabel = "ALGORITHM", description = "With such a key, as in rsa-2048.")
    private @Nullable String key;

    /** For the API. */
    Map<String, Object> body() {
        Map<String, String> all = new TreeMap<>(attributes);
        put(all, "product", product);
        put(all, "firmware", firmware);
        put(all, "chip", chip);
        put(all, "batch", batch);
        Map<String, Object> selection = new TreeMap<>();
        if (!all.isEmpty()) {
            selection.put("attributes", all);
        }
        put(selection, "profile", profile);
        put(selection, "issuer", issuer);
        put(selection, "generation", generation);
        put(selection, "key", key);
        return selection;
    }

    static void put(Map<String, ? super String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
