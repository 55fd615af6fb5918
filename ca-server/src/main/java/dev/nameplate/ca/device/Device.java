package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Text;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A registered device.
 *
 * @param attributes what profiles' templates may use, by name ({@code [a-z][a-z0-9-]{0,31}}), values of 1 to 256 characters
 */
public record Device(DeviceId id, State state, Map<String, String> attributes, Instant registeredAt) {
    /** The attribute of a device whose first certificate is for one key alone: the SHA-256 of its SubjectPublicKeyInfo, in hexadecimal. */
    public static final String PINNED_KEY = "pinned-key";

    private static final int MAX_ATTRIBUTES = 32;
    private static final int MAX_VALUE = 256;

    /** Only an active device enrols. Holding can be undone, decommissioning cannot. */
    public enum State {
        ACTIVE,
        HELD,
        DECOMMISSIONED;

        /** As in {@code held}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Device {
        objectionTo(attributes).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** The same device in another state. */
    public Device in(State other) {
        return new Device(id, other, attributes, registeredAt);
    }

    /** @return what is wrong with these attributes, if anything is */
    public static Optional<String> objectionTo(Map<String, String> attributes) {
        if (attributes.size() > MAX_ATTRIBUTES) {
            return Optional.of("a device has at most " + MAX_ATTRIBUTES + " attributes");
        }
        return attributes.entrySet().stream()
                .flatMap(attribute -> objectionTo(attribute.getKey(), attribute.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> objectionTo(String name, String value) {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            return Optional.of(
                    "attribute name is not 1 to 32 lower-case letters, digits and - that begin with a letter: "
                            + Text.shown(name));
        }
        return value.isEmpty() || value.length() > MAX_VALUE
                ? Optional.of("attribute " + name + " does not have 1 to " + MAX_VALUE + " characters")
                : Optional.empty();
    }
}
