package dev.nameplate.ca.health;

import java.util.Optional;

/**
 * What a check found.
 *
 * @param says one line
 * @param remedy one line that says what to do; absent exactly if all is well
 */
public record Finding(State state, String says, Optional<String> remedy) {
    /** A warning works now and will not for ever; a fault does not work. */
    public enum State {
        OK,
        WARNING,
        FAULT
    }

    public Finding {
        if (remedy.isPresent() == (state == State.OK)) {
            throw new IllegalArgumentException("a finding has a remedy exactly if it is not ok: " + says);
        }
    }

    public static Finding ok(String says) {
        return new Finding(State.OK, says, Optional.empty());
    }

    public static Finding warning(String says, String remedy) {
        return new Finding(State.WARNING, says, Optional.of(remedy));
    }

    public static Finding fault(String says, String remedy) {
        return new Finding(State.FAULT, says, Optional.of(remedy));
    }
}
