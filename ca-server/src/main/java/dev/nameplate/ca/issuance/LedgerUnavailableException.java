package dev.nameplate.ca.issuance;

/** The database cannot be read or written now: gone, full or locked. Whatever was asked did not happen, or was not acknowledged. */
public final class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
