package dev.nameplate.ca.canary;

/** The public door could not be asked, or did not answer as it should. */
public final class LookoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LookoutException(String message) {
        super(message);
    }

    public LookoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
