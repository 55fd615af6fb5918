package dev.nameplate.ca.cli;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What else {@code doctor} can look at, with options of its own. */
public interface Examination {
    /**
     * Looks, if its options say so.
     *
     * @return objects with the members check, state (ok, warning, fault, not-seen), says and perhaps remedy
     */
    Optional<JsonNode> findings();
}
