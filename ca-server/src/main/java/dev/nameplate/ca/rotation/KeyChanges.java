package dev.nameplate.ca.rotation;

import dev.nameplate.ca.audit.Cause;
import java.util.List;

/** Replaces keys at once. */
@FunctionalInterface
public interface KeyChanges {
    /**
     * @param purposes whose new key is in use
     * @param troubles what is wrong where it is not; the key before goes on, and it is tried again by itself
     */
    record Changed(List<String> purposes, List<String> troubles) {}

    Changed change(KeyKind kind, Cause cause);
}
