package dev.nameplate.ca.station;

/** What is on the disk of a station is not what was written there; the message says what, and what can be done. */
public final class DamagedBundleException extends RuntimeException {
    public DamagedBundleException(String message) {
        super(message);
    }

    DamagedBundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
