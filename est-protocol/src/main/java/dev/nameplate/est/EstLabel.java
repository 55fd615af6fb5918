package dev.nameplate.est;

import java.util.Optional;

/**
 * The label of a path, {@code /.well-known/est/LABEL/cacerts} (RFC 7030, 3.2.2), decoded. Case matters. A label is not the
 * name of an operation, holds no slash, backslash or control character, is not {@code .} or {@code ..}, and has at most
 * 128 characters.
 */
public record EstLabel(String value) {
    private static final int MAX_LENGTH = 128;

    public EstLabel {
        objectionTo(value).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
    }

    /** @return why this cannot be a label, empty if it can */
    static Optional<String> objectionTo(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return Optional.of("a label has 1 to " + MAX_LENGTH + " characters");
        }
        if (EstOperation.ofSegment(value).isPresent()) {
            return Optional.of("a label may not be the operation name " + value + " (RFC 7030, 3.2.2)");
        }
        if (value.equals(".") || value.equals("..") || value.chars().anyMatch(EstLabel::isForbidden)) {
            return Optional.of("a label may not be . or .. or hold a slash, backslash or control character");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isForbidden(int c) {
        return c == '/' || c == '\\' || Character.isISOControl(c);
    }
}
