package dev.nameplate.ca.rotation;

import java.time.Instant;

/**
 * A key in the token with which the CA signs for itself.
 *
 * @param purpose as in {@code audit} or {@code responder-devices-1}
 * @param number which of the keys of this purpose, counted from 1
 * @param keyUri where it is (RFC 7512)
 * @param madeAt when it was made, or first seen
 * @param since when it came into this state
 */
public record ServiceKey(String purpose, int number, String keyUri, State state, Instant madeAt, Instant since) {
    /** Active: signs, and there is one of each purpose. Retired: signs no more. Destroyed: is gone. */
    public enum State {
        ACTIVE,
        RETIRED,
        DESTROYED
    }

    /** As in {@code audit/2}. */
    public String name() {
        return purpose + "/" + number;
    }

    ServiceKey in(State next, Instant from) {
        return new ServiceKey(purpose, number, keyUri, next, madeAt, from);
    }
}
