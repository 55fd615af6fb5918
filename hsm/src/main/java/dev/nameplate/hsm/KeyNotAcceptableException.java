package dev.nameplate.hsm;

/** There is such a key, and it must not be used: it could leave the token, or it is ambiguous, or of a foreign kind. */
public final class KeyNotAcceptableException extends VaultException {
    public KeyNotAcceptableException(String message) {
        super(message);
    }

    public KeyNotAcceptableException(String message, Throwable cause) {
        super(message, cause);
    }
}
