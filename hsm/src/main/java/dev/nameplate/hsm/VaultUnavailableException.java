package dev.nameplate.hsm;

import java.time.Duration;

/** The vault is away or too busy just now. Nothing was signed; the same call may succeed later. */
public final class VaultUnavailableException extends VaultException {
    private final Duration retryAfter;

    public VaultUnavailableException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public VaultUnavailableException(String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long to wait at least before the next try is worth it. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
