package dev.nameplate.ca.station;

/** A bundle does not give what is asked of it; the message says why. */
public final class BundleSpentException extends RuntimeException {
    public BundleSpentException(String message) {
        super(message);
    }
}
