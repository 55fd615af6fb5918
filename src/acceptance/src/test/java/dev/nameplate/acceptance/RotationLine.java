package dev.nameplate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A station that has keys made for units and opens them, whatever becomes of the key-encryption keys meanwhile. */
final class RotationLine {
    private static final String BATCH = "WO-1";
    private static final String STATION = "line-1";

    private final ProductHome home;
    private int units;

    private RotationLine(ProductHome home) {
        this.home = home;
    }

    static RotationLine in(ProductHome home) {
        JsonNode added = json(home, "station", "add", STATION, "--site", "Plant 2", "--json");
        home.nameplate("station", "enrol", STATION, "--code", added.path("code").asString())
                .requireDone();
        home.nameplate(
                        "batch",
                        "create",
                        BATCH,
                        "--product",
                        "P",
                        "--profile",
                        "idevid",
                        "--quota",
                        "100",
                        "--keys",
                        "injected",
                        "--station",
                        STATION)
                .requireDone();
        return new RotationLine(home);
    }

    void nextUnit() throws IOException {
        units++;
        if (keyOf("unit-" + units).length == 0) {
            throw new AssertionError("unit " + units + " got no key");
        }
    }

    /** In clear, as the station opens it; the same unit again has the same key. */
    byte[] keyOf(String unit) throws IOException {
        Path key = home.scratch().resolve(unit + ".key");
        Files.deleteIfExists(key);
        Program.Ended ended = home.nameplate(
                "--operator",
                STATION,
                "station",
                "issue",
                "--batch",
                BATCH,
                "--unit",
                unit,
                "--open-key",
                key.toString(),
                "--out",
                home.scratch().resolve(unit + ".pem").toString());
        if (ended.exit() != 0) {
            throw new AssertionError("unit " + unit + ": " + ended);
        }
        return Files.readAllBytes(key);
    }

    /** The states of the key-encryption keys, and there is one at rest. */
    static List<String> keks(OperatorApi api) throws IOException {
        List<String> states = new ArrayList<>();
        JsonNode keys = JsonMapper.shared().readTree(api.get("/api/v1/keys").body());
        for (JsonNode key : keys.path("items")) {
            if (key.path("purpose").asString().startsWith("kek ")) {
                states.add(key.path("state").asString());
            }
        }
        return states;
    }

    private static JsonNode json(ProductHome home, String... arguments) {
        return JsonMapper.shared()
                .readTree(home.nameplate(arguments).requireDone().out());
    }
}
