package dev.nameplate.hsm;

import java.util.Optional;

/** The part of a key URI that says which token. At least the label is given. */
public record TokenName(String label, Optional<String> manufacturer, Optional<String> model, Optional<String> serial) {

    public TokenName {
        if (label.isBlank()) {
            throw new IllegalArgumentException("token label is empty");
        }
    }

    public static TokenName of(String label) {
        return new TokenName(label, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
