package dev.nameplate.hsm;

/** The token is there and works, and has no such key. */
public final class KeyMissingException extends VaultException {
    public KeyMissingException(String message) {
        super(message);
    }

    public KeyMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
