package dev.nameplate.ca.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a new home's settings begin with.
 *
 * @param name stands in the CA's names, as in {@code Example Root CA}
 * @param portOffset added to 8443, 8080 and 9443
 * @param names what devices dial
 */
public record HomeSettings(String name, int portOffset, List<String> names, Token token, Optional<Postgres> database) {
    private static final String TEMPLATE = "nameplate.yaml.template";
    private static final int MOST_OFFSET = 50_000;

    /** Relative paths start at the home. */
    public record Token(String module, String label, String pinFile) {}

    /** A PostgreSQL instead of the embedded database. */
    public record Postgres(String url, String user, Optional<String> passwordFile) {}

    public HomeSettings {
        names = List.copyOf(names);
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,39}")) {
            throw new IllegalArgumentException("name is not 1 to 40 letters, digits, spaces and . _ -: " + name);
        }
        if (portOffset < 0 || portOffset > MOST_OFFSET) {
            throw new IllegalArgumentException("port offset is not 0 to " + MOST_OFFSET + ": " + portOffset);
        }
        if (names.isEmpty() || names.stream().anyMatch(dialled -> !dialled.matches("[A-Za-z0-9.:-]{1,253}"))) {
            throw new IllegalArgumentException("names are not host names or addresses: " + names);
        }
    }

    /** The text of {@code nameplate.yaml}. */
    public String text() {
        String text = template();
        for (Map.Entry<String, String> value : values().entrySet()) {
            text = text.replace("<<" + value.getKey() + ">>", value.getValue());
        }
        return text;
    }

    private Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        values.put("name", name);
        values.put("names", String.join(", ", names));
        values.put("first-name", names.getFirst());
        values.put("device-port", String.valueOf(8443 + portOffset));
        values.put("public-port", String.valueOf(8080 + portOffset));
        values.put("operator-port", String.valueOf(9443 + portOffset));
        values.put("token-module", token.module());
        values.put("token-label", token.label());
        values.put("pin-file", token.pinFile());
        values.put("database", database.map(HomeSettings::yaml).orElse(""));
        return values;
    }

    private static String yaml(Postgres database) {
        String text = "database:\n  url: " + database.url() + "\n  user: " + database.user() + "\n";
        return text
                + database.passwordFile()
                        .map(file -> "  password-file: " + file + "\n")
                        .orElse("");
    }

    private static String template() {
        try (InputStream template = HomeSettings.class.getResourceAsStream(TEMPLATE)) {
            if (template == null) {
                throw new IllegalStateException(TEMPLATE + " is not in the product");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
