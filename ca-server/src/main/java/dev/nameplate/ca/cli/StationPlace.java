package dev.nameplate.ca.cli;

import dev.nameplate.ca.config.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a station belongs, remembered beside its certificate as {@code HOME/operators/NAME.station}, so that it is told once.
 *
 * @param est where it renews its certificate, as in {@code https://ca.example:8443}
 * @param door where it works, if it was told, as in {@code https://ca.example:9443}
 */
public record StationPlace(URI est, Optional<URI> door) {
    /** @return empty if this name is not that of a station here */
    public static Optional<StationPlace> read(Path home, String name) {
        Path file = file(home, name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
            return Optional.of(new StationPlace(
                    URI.create(json.path("est").asString("")),
                    Optional.of(json.path("door").asString(""))
                            .filter(text -> !text.isEmpty())
                            .map(URI::create)));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw CommandFailedException.fault(file + " cannot be read: " + e.getMessage()
                    + "; `nameplate station enrol " + name + " --server URL --door URL` writes it again");
        }
    }

    public void write(Path home, String name) {
        Map<String, String> members = new TreeMap<>(Map.of("est", est.toString()));
        door.ifPresent(uri -> members.put("door", uri.toString()));
        Home.writeClosed(
                file(home, name).toAbsolutePath(),
                JsonMapper.shared().writeValueAsString(members).getBytes(StandardCharsets.UTF_8));
    }

    private static Path file(Path home, String name) {
        return home.resolve("operators").resolve(name + ".station");
    }
}
