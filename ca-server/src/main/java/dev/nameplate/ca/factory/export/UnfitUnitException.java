package dev.nameplate.ca.factory.export;

/** A unit that a format cannot carry; the message says which, and what would be right. */
public final class UnfitUnitException extends RuntimeException {
    public UnfitUnitException(String message) {
        super(message);
    }
}
