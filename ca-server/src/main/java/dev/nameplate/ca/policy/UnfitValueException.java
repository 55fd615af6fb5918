package dev.nameplate.ca.policy;

/** A template cannot be filled for this holder; how this room tells itself, turned into a refusal before anybody else sees it. */
final class UnfitValueException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitValueException(String field) {
        super(field);
    }

    String field() {
        return String.valueOf(getMessage());
    }
}
